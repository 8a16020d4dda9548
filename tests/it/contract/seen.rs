//! Words never claim more than was seen: absence, masks, unknown shapes, several things with one name, and writes that
//! Alma shows late.
use crate::harness::desk::CAMPUS;
use crate::harness::judge::{finding, keys_that};
use crate::harness::{Desk, PARTNER_PATH, in_parallel};
use last_resort::sim::{BodyKind, Fault, FaultKind};
use serde_json::{Value, json};
use std::fs;

const NCIP: &str = "/partner_details/profile_details/ncip_details";
const NOT_SHOWN: &str = "sent, but Alma does not show it yet";

fn world(based_on: &str, alma: &str) -> Desk {
    Desk::in_world_of(&format!("sentence = \"x.\"\nbased_on = \"{based_on}\"\n[alma]\n{alma}\n"))
}

fn set(based_on: &str, pointer: &str, value: &str) -> Desk {
    Desk::in_world_of(&format!(
        "sentence = \"x.\"\nbased_on = \"{based_on}\"\n[alma.partner.set]\n\"{pointer}\" = {value}\n"
    ))
}

/// Returns everything in the logs of a desk.
fn log(desk: &Desk) -> String {
    let logs = desk.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "log"));
    logs.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect()
}

#[test]
fn a_code_under_another_status_does_not_make_a_record_absent() {
    in_parallel(&[401_u16, 403, 404, 429, 500, 503], |status| {
        let desk = Desk::in_world("fresh");
        desk.sim.set_fault(Fault::new(FaultKind::ErrorStatus(*status)).method("GET").path(PARTNER_PATH));
        let report = desk.run(&["check", "partner", "--json"]).exits(1).json();
        assert_eq!(keys_that(&report, &["unread"]).len(), 13, "{status}");
        assert!(keys_that(&report, &["absent"]).is_empty(), "{status}");
        desk.apply(&["partner"]).exits(1);
        assert!(desk.writes().is_empty(), "{status}: nothing was created");
    });
}

#[test]
fn a_patron_is_not_missing_because_alma_failed() {
    let desk = Desk::in_world("done");
    desk.campus_file(CAMPUS, &desk.campus_text().replace("\"10000001\"", "\"99999999\""));
    desk.sim.set_fault(Fault::new(FaultKind::ErrorStatus(500)).path_prefix("/almaws/v1/users/"));
    let report = desk.run(&["check", "patrons", "--json"]).exits(1).json();
    let patron = finding(&report, "patrons.99999999");
    assert_eq!(patron["verdict"], "unread", "{patron}");
    assert!(!log(&desk).contains("99999999"), "the log holds no patron's id");
}

#[test]
fn partners_that_could_not_be_read_are_not_partners_that_do_not_use_it() {
    for path in ["/almaws/v1/partners", "/almaws/v1/partners/RELAIS-QC"] {
        let desk = Desk::in_world("fresh");
        let fault = FaultKind::Status { code: 500, body: BodyKind::Json };
        desk.sim.set_fault(Fault::new(fault).method("GET").path(path));
        let ran = desk.apply(&["partner", "parameters", "-v"]).exits(1);
        let could_not =
            ["could not list", "could not be read", "could not read"].iter().any(|words| ran.err().contains(words));
        assert!(could_not && ran.err().contains("HTTP 500"), "{path}: {}", ran.err());
        assert!(!ran.err().contains("no partner read in this zone"), "{path}: {}", ran.err());
        assert!(desk.writes().is_empty(), "{path}");
        desk.sim.clear_faults();
        desk.apply(&["partner", "parameters"]).exits(4);
    }
}

#[test]
fn a_mask_anywhere_in_the_record_is_never_sent_back() {
    for (pointer, value) in [
        ("/partner_details/some_new_secret", "\"********\""),
        ("/contact_info/email", "[{ email_address = \"i****@example.edu\", email_type = [\"queries\"] }]"),
        ("/partner_details/profile_details/ncip_details/another_key", "{ value = \"••••••••\" }"),
    ] {
        let desk = set("drifted", pointer, value);
        let before = desk.record();
        let ran = desk.apply(&["partner", "parameters"]).exits(4);
        assert!(desk.writes().is_empty(), "{pointer}");
        assert_eq!(desk.record(), before, "{pointer}");
        assert!(ran.json()["remarks"].to_string().contains("masked"), "{pointer}: {}", ran.out());
        let plan = desk.run(&["plan", "partner", "parameters"]);
        assert!(plan.out().contains("masked"), "{pointer}: {}", plan.out());
    }
    let noted = set("drifted", "/note", "[{ content = \"*** Ask first ***\" }]");
    noted.apply(&["partner", "parameters"]).exits(4);
    assert_eq!(noted.writes().len(), 1, "a decorated note is no mask");
}

#[test]
fn a_masked_value_of_the_procedure_is_unread_and_stays() {
    let desk = set("done", &format!("{NCIP}/export_url"), "\"****\"");
    let report = desk.run(&["check", "parameters", "--json"]).exits(1).json();
    let url = finding(&report, "parameters.export.url");
    assert_eq!((&url["verdict"], &url["got"]), (&json!("unread"), &Value::Null), "{url}");
    desk.apply(&["parameters"]);
    assert!(desk.writes().is_empty());
}

#[test]
fn an_identifier_shown_masked_by_another_partner_is_not_learned() {
    let desk = Desk::in_world("fresh");
    let mut other = desk.sim.partner("RELAIS-QC").expect("another partner");
    let place = other.pointer_mut(&format!("{NCIP}/check_out_location/value")).expect("a location");
    *place = json!("****");
    desk.sim.set_partner("RELAIS-QC", other);
    desk.apply(&["partner"]).exits(4);
    assert!(desk.writes().is_empty());
}

#[test]
fn a_block_of_another_shape_is_unread() {
    for odd in ["\"see the other record\"", "[]", "7"] {
        let desk = set("done", NCIP, odd);
        let report = desk.run(&["check", "parameters", "--json"]).exits(1).json();
        assert_eq!(keys_that(&report, &["unread"]).len(), 24, "{odd}");
        desk.apply(&["parameters"]);
        assert!(desk.writes().is_empty(), "{odd}");
    }
}

#[test]
fn both_spellings_of_the_primary_identifier_are_the_same() {
    for code in ["user_name", "userName"] {
        let desk = world("done", "primary_identifier_in_table = \"unlisted\"\nprimary_identifier = \"elsewhere\"");
        for field in ["general_user_id_type", "export_user_identifier"] {
            desk.disturb(&format!("{NCIP}/{field}"), json!({"value": code}));
        }
        desk.sim.set_fault(
            Fault::new(FaultKind::Status { code: 500, body: BodyKind::Json })
                .path("/almaws/v1/conf/code-tables/UserIdentifierTypes"),
        );
        let report = desk.run(&["check", "parameters", "--json"]).json();
        for key in ["parameters.general.user_identifier_type", "parameters.export.search_user_using"] {
            assert_eq!(finding(&report, key)["verdict"], "same", "{code}: {}", finding(&report, key));
        }
    }
}

#[test]
fn rows_are_read_in_either_place() {
    let desk = world("done", "table_rows = \"wrapped\"");
    let report = desk.run(&["check", "connect", "parameters", "--json"]).json();
    assert!(keys_that(&report, &["unread", "differs"]).is_empty(), "{report}");
}

#[test]
fn two_of_the_wanted_name_are_a_question() {
    for (name, key) in [
        ("RS ILL Loan", "parameters.check_out_item.default_item_policy"),
        ("ILLiad", "partner.system_type"),
        ("Lending Resource Sharing Requests", "parameters.check_out_item.default_location"),
        ("Main Service Desk", "parameters.accept_item.receive_desk"),
    ] {
        let twins = format!("twins = [\"{name}\"]");
        let desk = world("done", &twins);
        let report = desk.run(&["check", "partner", "parameters", "--json"]).exits(4).json();
        let asked = finding(&report, key);
        assert_eq!(asked["verdict"], "waiting", "{asked}");
        assert!(asked["reason"].as_str().is_some_and(|why| why.contains("which one is meant?")), "{asked}");
        assert_eq!(keys_that(&report, &["differs", "unread"]).len(), 0, "{name}");
        desk.run(&["attest", key]).exits(0);
        let report = desk.run(&["check", "partner", "parameters", "--json"]).json();
        assert_eq!(finding(&report, key)["verdict"], "attested", "{name}");

        let fresh = world("fresh", &twins);
        let ran = fresh.apply(&["partner", "parameters"]).exits(4);
        assert!(fresh.writes().is_empty(), "{name}: {}", ran.out());
    }
}

#[test]
fn a_desk_named_by_its_code_is_no_question() {
    let desk = world("done", "twins = [\"Main Service Desk\"]");
    let code = desk.record().pointer(&format!("{NCIP}/accept_item_receive_desk")).cloned().expect("a desk");
    let text = desk.campus_text().replace("Main Service Desk", code.as_str().expect("a code"));
    desk.campus_file(CAMPUS, &text);
    let report = desk.run(&["check", "parameters", "--json"]).exits(0).json();
    assert_eq!(finding(&report, "parameters.accept_item.receive_desk")["verdict"], "same");
}

#[test]
fn a_write_that_alma_shows_late_is_unknown_and_settled_by_a_later_read() {
    for based_on in ["drifted", "fresh"] {
        let desk = world(based_on, "late_reads = 2");
        let before = desk.sim.partner("ILLiad");
        let ran = desk.apply(&["partner", "parameters"]).exits(1);
        assert!(ran.err().contains(NOT_SHOWN), "{based_on}: {}", ran.err());
        let due = ran.json()["changes"].as_array().expect("changes").clone();
        let sent: Vec<&Value> = due.iter().filter(|change| change["unknown"] == NOT_SHOWN).collect();
        assert!(sent.len() >= 9 && due.iter().all(|change| change["result"] != "written"), "{based_on}: {due:?}");
        assert!(desk.journaled("write_ended")[0]["outcome"]["unknown"].is_string(), "{based_on}");

        // One more read still shows the old record, and the next one the new record.
        let still = desk.run(&["check", "partner"]);
        assert!(still.err().contains(NOT_SHOWN), "{based_on}: {}", still.err());
        assert_eq!(desk.journaled("write_ended").len(), 1, "{based_on}: nothing is settled yet");
        let settled = desk.run(&["check", "partner"]);
        assert!(settled.err().contains(") was applied."), "{based_on}: {}", settled.err());
        assert!(desk.journaled("write_ended")[1]["outcome"]["done"].is_string(), "{based_on}");

        let undone = desk.undo();
        assert_eq!(undone.code, Some(1), "{based_on}: Alma shows the undo late too: {}", undone.err());
        assert!(undone.err().contains(NOT_SHOWN), "{based_on}: {}", undone.err());
        assert_eq!(desk.sim.partner("ILLiad"), before, "{based_on}: it was undone");
        let again = desk.undo().exits(1);
        assert!(again.err().contains("the record changed in Alma just now"), "{based_on}: {}", again.err());
        let done = desk.undo().exits(1);
        assert!(done.err().contains("no write that is left to undo"), "{based_on}: {}", done.err());
        assert_eq!(desk.writes().len(), 2, "{based_on}");
    }
}

#[test]
fn a_long_refusal_shows_its_end_and_the_log_has_all_of_it() {
    let desk = Desk::in_world("location-refused");
    let ran = desk.apply(&["partner", "parameters", "-v"]);
    let said = fs::read_to_string(desk.journal_path()).expect("a journal");
    assert!(ran.err().contains("HTTP 400") && said.contains("refused"), "{}", ran.err());
    assert!(log(&desk).contains("the whole reason"), "{}", log(&desk));
}

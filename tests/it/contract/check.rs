//! `check` through the built binary: every key exactly once, correct verdicts, states that follow from them, no writes.
use crate::harness::judge::{
    assert_folds, assert_only_looked, assert_words, exit_code, finding, findings, keys_that, no_control, step,
};
use crate::harness::keys::{self, API_KEY};
use crate::harness::{Desk, account, in_parallel};
use last_resort::recipe::{Channel, Recipe};
use last_resort::sim::world_names;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The exit code of a full check and the campus's state, by world.
const WORLDS: [(&str, i32, &str); 71] = [
    ("all-profiles", 4, "waiting"),
    ("bad-alma-key", 1, "unread"),
    ("chain-500-after-write", 4, "waiting"),
    ("chain-key-masked", 4, "waiting"),
    ("chain-not-exported", 3, "differs"),
    ("chain-rule-disabled", 4, "waiting"),
    ("chain-self-owned", 4, "waiting"),
    ("chain-slow-rota", 4, "waiting"),
    ("chain-tag-wrong", 3, "differs"),
    ("code-in-other-case", 3, "differs"),
    ("codes-accepted", 3, "blocked"),
    ("daily-limit", 1, "unread"),
    ("done", 4, "waiting"),
    ("drifted", 3, "differs"),
    ("earlier-illiad", 3, "blocked"),
    ("error-in-200", 1, "unread"),
    ("export-key-refused", 1, "blocked"),
    ("far", 4, "waiting"),
    ("fresh", 3, "blocked"),
    ("identifier-other", 4, "waiting"),
    ("identifier-user_name", 4, "waiting"),
    ("ids-only", 3, "differs"),
    ("ids-unknown", 3, "blocked"),
    ("illiad-bad-key", 1, "unread"),
    ("illiad-down", 1, "unread"),
    ("illiad-mapping", 4, "waiting"),
    ("illiad-old", 4, "waiting"),
    ("illiad-sign-in", 1, "unread"),
    ("keeps-something-else", 3, "differs"),
    ("key-in-clear", 3, "differs"),
    ("key-left-out", 3, "differs"),
    ("key-masked", 3, "differs"),
    ("library-not-flagged", 3, "blocked"),
    ("location-refused", 3, "blocked"),
    ("many-patrons", 4, "waiting"),
    ("masked-value", 3, "differs"),
    ("missing-keys", 4, "waiting"),
    ("newer-fields", 3, "differs"),
    ("no-configuration-area", 1, "unread"),
    ("no-resource-sharing-library", 3, "blocked"),
    ("nulls", 4, "waiting"),
    ("one-profile", 4, "waiting"),
    ("patrons-accounts", 4, "waiting"),
    ("per-second-limit", 3, "differs"),
    ("probe-500-after-write", 4, "waiting"),
    ("probe-blocked", 4, "waiting"),
    ("probe-broken-rule-first", 4, "waiting"),
    ("probe-cancel-fails", 4, "waiting"),
    ("probe-catches-all", 4, "waiting"),
    ("probe-copyright", 4, "waiting"),
    ("probe-gone", 4, "waiting"),
    ("probe-other-queue", 4, "waiting"),
    ("probe-other-spelling", 4, "waiting"),
    ("probe-ready", 4, "waiting"),
    ("probe-reset-after-write", 4, "waiting"),
    ("probe-routing-off", 4, "waiting"),
    ("probe-rule-inactive", 4, "waiting"),
    ("read-only-key", 3, "differs"),
    ("rota-rules-add-up", 4, "waiting"),
    ("rota-rules-first-match", 4, "waiting"),
    ("routing-later", 4, "waiting"),
    ("rows-wrapped", 4, "waiting"),
    ("shows-writes-late", 3, "differs"),
    ("slow", 4, "waiting"),
    ("system-type-other", 4, "waiting"),
    ("two-of-a-name", 3, "blocked"),
    ("usernames-differ", 3, "differs"),
    ("write-then-500", 3, "differs"),
    ("wrong-campus-key", 1, "unread"),
    ("wrong-environment-key", 1, "unread"),
    ("xml-answers", 4, "waiting"),
];

/// The fields that differ in the world `drifted`.
const DRIFTED: [&str; 9] = [
    "partner.name",
    "partner.avg_supply_time",
    "partner.supports_lending",
    "parameters.check_out_item.default_location",
    "parameters.check_out_item.default_item_policy",
    "parameters.accept_item.default_location",
    "parameters.export.url",
    "parameters.export.close_request_when_exported",
    "parameters.export.delivery_method",
];

fn set_of(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

/// Returns the keys of the procedure among the findings, in order.
fn procedure_keys(report: &Value) -> Vec<String> {
    let known: BTreeSet<String> = keys::all().into_iter().collect();
    findings(report)
        .iter()
        .filter_map(|f| f["key"].as_str())
        .filter(|key| known.contains(*key))
        .map(str::to_owned)
        .collect()
}

/// Returns each API field's key and JSON pointer.
fn api_fields() -> Vec<(String, String)> {
    Recipe::embedded()
        .fields()
        .filter_map(|field| match &field.channel {
            Channel::Api { pointer, .. } => Some((field.key.to_string(), pointer.as_str().to_owned())),
            Channel::Screen => None,
        })
        .collect()
}

#[test]
fn every_world_is_checked_honestly_and_nothing_is_written() {
    assert_eq!(
        WORLDS.map(|(world, ..)| world).to_vec(),
        world_names().iter().map(|(name, _)| *name).collect::<Vec<_>>()
    );
    in_parallel(&WORLDS, |(world, code, state)| {
        let desk = Desk::in_world(world);
        let ran = desk.run(&["check", "--json"]);
        assert_eq!(ran.code, Some(*code), "{world}: {}", ran.err());
        let report = ran.json();
        assert_eq!(procedure_keys(&report), keys::all(), "{world}: all 61 fields, each once and in order");
        let all: Vec<&str> = findings(&report).iter().filter_map(|finding| finding["key"].as_str()).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{world}: no key twice");
        assert_eq!(report["state"], *state, "{world}");
        assert_eq!(exit_code(&report), *code, "{world}: the exit code follows from the findings");
        assert_folds(&report, world);
        assert_words(&report, world);
        assert_only_looked(&desk, world);
        no_control(&ran, world);
    });
}

#[test]
fn verdicts_are_those_of_the_worlds() {
    let screen: BTreeSet<String> = {
        let api: BTreeSet<String> = api_fields().into_iter().map(|(key, _)| key).collect();
        keys::all().into_iter().filter(|key| !api.contains(key)).collect()
    };
    assert_eq!(screen.len(), 24);
    let of = |world: &str| {
        Desk::in_world(world).run(&["check", "partner", "parameters", "rota", "rule", "illiad", "--json"]).json()
    };
    let done = of("done");
    assert_eq!(keys_that(&done, &["waiting"]), screen);
    assert_eq!(keys_that(&done, &["same"]).len(), 37);
    let drifted = of("drifted");
    assert_eq!(keys_that(&drifted, &["differs"]), set_of(&DRIFTED));
    assert_eq!(keys_that(&of("fresh"), &["absent"]).len(), 37);
    for world in ["nulls", "missing-keys", "xml-answers", "all-profiles", "identifier-other", "identifier-user_name"] {
        assert_eq!(keys_that(&of(world), &["same"]).len(), 37, "{world}");
    }
    for world in ["key-masked", "key-left-out"] {
        let report = of(world);
        let key = finding(&report, API_KEY);
        assert_eq!((&key["verdict"], key["reason"].is_string()), (&json!("waiting"), true), "{world}: {key}");
        assert_eq!(keys_that(&report, &["differs"]), set_of(&DRIFTED), "{world}");
    }
    let mut other_case = set_of(&DRIFTED);
    other_case.insert("partner.code".to_owned());
    assert_eq!(keys_that(&of("code-in-other-case"), &["differs"]), other_case);
    for world in ["bad-alma-key", "wrong-campus-key", "wrong-environment-key", "daily-limit"] {
        assert_eq!(keys_that(&of(world), &["unread"]).len(), 37, "{world}");
    }
}

#[test]
fn what_cannot_be_looked_up_is_never_called_different() {
    // Libraries and desks cannot be read in this world. The record's values for them are right, but nobody can tell.
    let desk = Desk::in_world("no-configuration-area");
    let report = desk.run(&["check", "partner", "parameters", "--json"]).exits(1).json();
    assert_eq!(keys_that(&report, &["differs"]), set_of(&DRIFTED));
    let unread = ["parameters.accept_item.default_pickup_library", "parameters.accept_item.receive_desk"];
    assert_eq!(keys_that(&report, &["unread"]), set_of(&unread));
}

#[test]
fn each_api_field_disturbed_alone_is_the_one_that_differs() {
    let fields = api_fields();
    assert_eq!(fields.len(), 37);
    in_parallel(&fields, |(key, pointer)| {
        // Another code would mean another record; a different case of the code is tested in its own world.
        if key == "partner.code" {
            return;
        }
        let desk = Desk::in_world("done");
        let right = desk.record().pointer(pointer).cloned().unwrap_or_else(|| panic!("{pointer}"));
        desk.disturb(pointer, other_than(&right));
        let report = desk.run(&["check", "partner", "parameters", "--json"]).exits(3).json();
        assert_eq!(keys_that(&report, &["differs"]), set_of(&[key]));
        let told = finding(&report, key);
        assert_eq!((&told["at"], &told["channel"]), (&json!(pointer), &json!("api")));
        assert_ne!(told["want"], told["got"], "{told}");
        let step = key.split('.').next().expect("a step");
        assert_eq!(told["hint"], format!("last-resort apply {step} --campus 01CUNY_QC"));

        desk.disturb(pointer, Value::Null);
        let ran = desk.run(&["check", "partner", "parameters", "--json"]);
        let report = ran.json();
        let told = finding(&report, key);
        if key == API_KEY {
            // Null may mean "no key" or "not shown", so it is not judged.
            assert_eq!((&told["verdict"], ran.code), (&json!("waiting"), Some(4)));
        } else if right.is_null() {
            assert_eq!((&told["verdict"], &told["got"]), (&json!("same"), &json!("[blank]")));
        } else {
            assert_eq!((&told["verdict"], &told["got"], ran.code), (&json!("differs"), &Value::Null, Some(3)));
            assert_eq!(keys_that(&report, &["differs"]), set_of(&[key]));
        }
    });
}

/// Returns a wrong value of the same kind.
fn other_than(right: &Value) -> Value {
    match right {
        Value::Bool(on) => json!(!on),
        Value::Number(number) => json!(number.as_i64().expect("a number") + 7),
        Value::String(text) => json!(format!("{text}x")),
        Value::Object(_) => json!({"value": "ELSEWHERE", "desc": "Something else"}),
        Value::Null => json!({"value": "USD", "desc": "US Dollar"}),
        Value::Array(_) => panic!("no field of the procedure is a list"),
    }
}

#[test]
fn signing_off_completes_the_campus_and_taking_back_undoes_that() {
    let desk = Desk::in_world("done");
    desk.run(&["check"]).exits(4);
    let told = desk.run(&["attest", "partner", "rota", "rule", "illiad", "--note", "seen on the screens"]).exits(0);
    assert_eq!(told.out().lines().count(), 24);
    assert!(told.out().lines().any(|line| line == "signed off  rule.enabled: Disabled"), "{}", told.out());
    let report = desk.run(&["check", "--json"]).exits(0).json();
    assert_eq!(report["state"], "attested");
    assert_folds(&report, "attested");
    assert_words(&report, "attested");
    assert_eq!(keys_that(&report, &["attested"]).len(), 24);
    let word = finding(&report, "rota.member");
    assert_eq!((&word["by"], &word["note"]), (&json!(account()), &json!("seen on the screens")));

    desk.run(&["attest", "rota.member", "--revoke"]).exits(0);
    let report = desk.run(&["check", "--json"]).exits(4).json();
    assert_eq!(keys_that(&report, &["waiting"]), set_of(&["rota.member"]));
    // A sign-off holds for the value it was given for. The rule was signed off as disabled and is now to be enabled.
    desk.run(&["attest", "rota.member"]).exits(0);
    desk.campus_file("01CUNY_QC", &desk.campus_text().replace("[alma]", "stance = \"live\"\n[alma]"));
    let report = desk.run(&["check", "--json"]).exits(4).json();
    assert_eq!(keys_that(&report, &["waiting"]), set_of(&["rule.enabled", "prove.gate"]));
    assert_eq!(finding(&report, "rule.enabled")["want"], "Enabled");
    desk.run(&["attest", "partner", "rota", "rule", "illiad", "--revoke"]).exits(0);
    assert_eq!(keys_that(&desk.run(&["check", "--json"]).exits(4).json(), &["waiting"]).len(), 24 + 1);
    assert!(desk.writes().is_empty());
}

#[test]
fn nobody_signs_off_what_alma_tells_or_what_is_not_there() {
    let desk = Desk::in_world("done");
    for wrong in ["partner.name", "parameters", "connect", "rota.colour", "nonsense"] {
        let ran = desk.run(&["attest", "rota.code", wrong]).exits(2);
        assert!(ran.err().contains(wrong), "{}", ran.err());
    }
    assert!(desk.journaled("attested").is_empty(), "if one key is invalid, none is signed off");
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn the_masked_key_may_be_signed_off() {
    let desk = Desk::in_world_of("sentence = \"x.\"\nbased_on = \"done\"\n[alma]\nexport_key = \"masked\"\n");
    let report = desk.run(&["check", "parameters", "--json"]).exits(4).json();
    assert_eq!(keys_that(&report, &["waiting"]), set_of(&[API_KEY]));
    desk.run(&["attest", API_KEY]).exits(0);
    let report = desk.run(&["check", "parameters", "--json"]).exits(0).json();
    assert_eq!(finding(&report, API_KEY)["verdict"], "attested");
}

#[test]
fn the_object_has_the_shape_of_the_contract() {
    let desk = Desk::in_world("drifted");
    let ran = desk.run(&["check", "--campus", "01CUNY_QC", "--json"]).exits(3);
    let report = ran.json();
    assert_eq!((&report["schema"], &report["campus"]), (&json!(1), &json!("01CUNY_QC")));
    assert_eq!((&report["environment"], &report["version"]), (&json!("sandbox"), &json!(env!("CARGO_PKG_VERSION"))));
    let at = report["checked_at"].as_str().expect("a time");
    assert!(at.len() == 20 && at.ends_with('Z') && at.parse::<jiff::Timestamp>().is_ok(), "{at}");
    let order: Vec<&str> = report["steps"].as_array().expect("steps").iter().filter_map(|s| s["id"].as_str()).collect();
    assert_eq!(order, ["connect", "patrons", "partner", "parameters", "rota", "rule", "illiad", "prove"]);
    let parameters = step(&report, "parameters");
    assert_eq!((&parameters["title"], &parameters["owner"]), (&json!("Parameters"), &json!("OLS")));
    assert_eq!(step(&report, "illiad")["owner"], "campus");
    let url = finding(&report, "parameters.export.url");
    let right = format!("{}/transaction", desk.sim.illiad_url());
    let expected = json!({"key": "parameters.export.url", "label": "URL", "want": right, "got": format!("{right}s"),
        "verdict": "differs", "evidence": "read", "channel": "api",
        "at": "/partner_details/profile_details/ncip_details/export_url",
        "hint": "last-resort apply parameters --campus 01CUNY_QC"});
    assert_eq!(url, &expected);
    let member = finding(&report, "rota.member");
    assert_eq!((&member["channel"], &member["want"]), (&json!("screen"), &json!("ILLiad")));
    assert!(member["at"].as_str().is_some_and(|menu| menu.contains("Rota Templates")), "{member}");
    let coded = finding(&report, "partner.system_type");
    assert_eq!(
        coded["at"], "/partner_details/system_type",
        "the pointer of a coded field is the object's, without /value"
    );
    for id in ["patrons.10000001", "patrons.10000002", "connect.institution", "connect.illiad_version"] {
        finding(&report, id);
    }
}

#[test]
fn steps_named_are_the_only_ones_looked_at() {
    let desk = Desk::in_world("done");
    let report = desk.run(&["check", "rota", "--json"]).exits(4).json();
    assert_eq!(report["steps"].as_array().expect("steps").len(), 1);
    assert_eq!((procedure_keys(&report).len(), &report["state"]), (5, &json!("waiting")));
    desk.run(&["check", "rule", "illiad", "--json"]).exits(4);
    assert!(desk.sim.requests().is_empty(), "steps without an API send no request");
    let report = desk.run(&["check", "prove", "partner", "--json"]).exits(4).json();
    let order: Vec<&str> = report["steps"].as_array().expect("steps").iter().filter_map(|s| s["id"].as_str()).collect();
    assert_eq!(order, ["partner", "prove"]);
    desk.run(&["check", "parameters"]).exits(0);
    desk.run(&["check", "connect", "patrons"]).exits(0);
    desk.run(&["check", "partner", "--campus", "01CUNY_QC"]).exits(4);
}

#[test]
fn text_names_every_key_and_what_to_do_next() {
    let desk = Desk::in_world("drifted");
    let ran = desk.run(&["check"]).exits(3);
    for key in keys::all() {
        assert!(ran.out().contains(&format!("[{key}]")), "{key} in {}", ran.out());
    }
    assert!(
        ran.out().contains("SANDBOX") && ran.out().contains("01CUNY_QC (sandbox), all steps: differs"),
        "{}",
        ran.out()
    );
    assert!(ran.out().contains("last-resort apply parameters --campus 01CUNY_QC"));
    assert!(ran.out().contains("/transactions"), "the value in Alma is shown next to the wanted one");
    no_control(&ran, "text");
}

#[test]
fn checking_touches_nothing_but_its_own_state() {
    let desk = Desk::in_world("drifted");
    let before = desk.record().to_string();
    desk.run(&["check"]).exits(3);
    assert_eq!(desk.record().to_string(), before);
    for (path, _) in desk.files() {
        let ours = path.starts_with(desk.state().join("last-resort/01CUNY_QC"));
        assert!(ours || path.ends_with("campuses/01CUNY_QC.toml"), "{}", path.display());
    }
    assert_eq!(desk.journaled("checked").len(), 1);
    assert_eq!(desk.journal().len(), 1);
}

#[test]
fn a_missing_key_is_a_reason_and_sends_nothing_without_it() {
    let desk = Desk::in_world("done");
    let mut command = desk.command(&["check", "--json"]);
    command.env_remove("LAST_RESORT_ALMA_KEY");
    let ran = crate::harness::Started::new(command.spawn().expect("the binary")).end().exits(1);
    let report = ran.json();
    assert_eq!(procedure_keys(&report), keys::all());
    let told = finding(&report, "connect.alma_key");
    assert_eq!(told["verdict"], "unread");
    assert!(told["hint"].as_str().is_some_and(|hint| hint.contains("keys set --slot alma")), "{told}");
    assert!(desk.sim.requests().iter().all(|seen| seen.server == last_resort::sim::LoggedServer::Illiad));
    assert_folds(&report, "no key");
}

#[test]
fn a_trailing_slash_of_the_illiad_url_does_not_matter() {
    let desk = Desk::in_world("done");
    let url = desk.sim.illiad_url();
    desk.campus_file("01CUNY_QC", &desk.campus_text().replace(&url, &format!("{url}/")));
    desk.run(&["check", "parameters"]).exits(0);
}

/// A check of the proof alone must not report "verified" when no proof was made.
#[test]
fn a_proof_that_is_due_is_waiting_and_not_verified() {
    let desk = Desk::in_world("probe-ready");
    let report = desk.run(&["check", "prove", "--json"]).exits(4).json();
    assert_eq!((&report["state"], &report["steps"][0]["state"]), (&json!("waiting"), &json!("waiting")));
    let said = desk.run(&["check", "prove"]).exits(4);
    assert!(said.out().contains("01CUNY_QC (sandbox), step prove: waiting (1 waiting)"), "{}", said.out());
}

//! The key that Alma is to use is tested on the campus's ILLiad before it is written to Alma, and is never written untested.
use crate::harness::judge::finding;
use crate::harness::keys::API_KEY;
use crate::harness::{Desk, Ran, Started, in_parallel};
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};
use serde_json::{Value, json};

const KEY_AT: &str = "/partner_details/profile_details/ncip_details/export_api_key";
const TRIED: &str = "/illiadwebplatform/SystemInfo/SecurePlatformVersion";
const APPLY: [&str; 4] = ["apply", "parameters", "--confirm", "01CUNY_QC"];

/// ILLiad's answer to the export key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Yes,
    No,
    Nothing,
}

/// Opens the world `drifted`, where Alma shows its key in the given way and has the given key. ILLiad gives this answer
/// about the key stored on this machine.
fn desk(shown: &str, in_alma: &str, says: Says) -> Desk {
    let known = if says == Says::No {
        "[illiad]\nkeys = [\"70726163-7469-4365-8000-696c6c69a1b2\", \"somebody-elses-key\"]\n"
    } else {
        ""
    };
    let desk = Desk::in_world_of(&format!(
        "sentence = \"x.\"\nbased_on = \"drifted\"\n[alma]\nexport_key = \"{shown}\"\n{known}"
    ));
    if in_alma != "ours" {
        desk.disturb(KEY_AT, json!(in_alma));
    }
    if says == Says::Nothing {
        silence(&desk);
    }
    desk
}

/// Makes ILLiad stop answering whether it accepts a key, while its Web Platform still answers.
fn silence(desk: &Desk) {
    let down = FaultKind::Status { code: 503, body: BodyKind::Html };
    desk.sim.set_fault(Fault::new(down).server(LoggedServer::Illiad).path(TRIED));
}

fn result<'a>(applied: &'a Value, key: &str) -> &'a Value {
    let changes = applied["changes"].as_array().expect("changes");
    &changes.iter().find(|change| change["key"] == key).unwrap_or_else(|| panic!("no change of {key}"))["result"]
}

#[test]
fn a_key_that_illiad_takes_is_written_and_was_tried_once() {
    let desk = desk("clear", "somebody-elses-key", Says::Yes);
    let applied = desk.apply(&["parameters"]).exits(0).json();
    assert_eq!(result(&applied, API_KEY), "written");
    assert_eq!(desk.record().pointer(KEY_AT), Some(&json!(desk.sim.keys().export)));
    assert_eq!(desk.count("GET", TRIED), 2, "the program's own key and the one for Alma are each tested once");
}

#[test]
fn a_key_that_illiad_refuses_keeps_everything_from_being_written() {
    in_parallel(&["clear", "masked", "left-out"], |shown| {
        let desk = desk(shown, "somebody-elses-key", Says::No);
        let before = desk.record();
        let plan = desk.run(&["plan", "parameters", "--json"]).json();
        assert!(plan["obstacles"][0].as_str().is_some_and(|why| why.contains("ILLiad does not accept")), "{plan}");
        let ran = desk.run(&APPLY).exits(1);
        assert!(desk.writes().is_empty() && desk.record() == before, "{shown}");
        assert!(ran.err().contains("ILLiad does not accept this key"), "{shown}: {}", ran.err());
        assert!(ran.err().contains("keys set --slot export"), "{shown}: the next step: {}", ran.err());
        assert!(ran.out().contains("Enter these by hand"), "{shown}: the value card: {}", ran.out());
        let applied = desk.apply(&["parameters"]).exits(1).json();
        assert_eq!(result(&applied, "parameters.export.url"), "by_hand", "{shown}");
        assert!(desk.journaled("write_begun").is_empty(), "{shown}");
    });
}

#[test]
fn where_illiad_cannot_say_alma_keeps_its_key_and_gets_the_rest() {
    let desk = desk("clear", "somebody-elses-key", Says::Nothing);
    let ran = desk.apply(&["parameters", "-v"]).exits(1);
    let applied = ran.json();
    assert_eq!(
        (result(&applied, API_KEY), result(&applied, "parameters.export.url")),
        (&json!("by_hand"), &json!("written"))
    );
    assert_eq!(desk.record().pointer(KEY_AT), Some(&json!("somebody-elses-key")));
    for words in ["was not changed", "could not test", "HTTP 503"] {
        assert!(ran.err().contains(words), "{words}: {}", ran.err());
    }
    // Once ILLiad accepts the key, it is the only value left to write.
    desk.sim.clear_faults();
    assert_eq!(result(&desk.apply(&["parameters"]).exits(0).json(), API_KEY), "written");
    assert_eq!(desk.writes().len(), 2);
}

#[test]
fn where_illiad_cannot_say_and_alma_hides_its_key_nothing_is_written() {
    in_parallel(&["masked", "left-out"], |shown| {
        let desk = desk(shown, "somebody-elses-key", Says::Nothing);
        let ran = desk.run(&APPLY).exits(1);
        assert!(desk.writes().is_empty(), "{shown}");
        assert!(ran.err().contains("could not test"), "{shown}: {}", ran.err());
        assert_eq!(desk.record().pointer(KEY_AT), Some(&json!("somebody-elses-key")), "{shown}");
    });
}

#[test]
fn a_creation_waits_for_illiads_word() {
    let desk = Desk::in_world("fresh");
    silence(&desk);
    let ran = desk.run(&APPLY).exits(1);
    assert!(desk.writes().is_empty() && ran.err().contains("could not test"), "{}", ran.err());
    assert!(ran.out().contains("Enter these by hand"), "{}", ran.out());
}

#[test]
fn a_key_that_alma_has_already_needs_no_trying() {
    // Alma shows its key, and it is the one stored here.
    let shown = desk("clear", "ours", Says::No);
    shown.apply(&["parameters"]).exits(0);
    assert_eq!(shown.writes().len(), 1);
    // Alma hides its key, but our own earlier write set it.
    let hidden = desk("masked", "somebody-elses-key", Says::Yes);
    hidden.apply(&["partner"]).exits(4);
    silence(&hidden);
    let applied = hidden.apply(&["parameters"]).exits(0).json();
    assert_eq!(result(&applied, "parameters.export.url"), "written");
    assert_eq!(hidden.record().pointer(KEY_AT), Some(&json!(hidden.sim.keys().export)));
}

#[test]
fn connect_says_beforehand_whether_the_key_is_accepted() {
    for (says, verdict, code) in [(Says::Yes, "same", 0), (Says::No, "unread", 1), (Says::Nothing, "unread", 1)] {
        let desk = desk("clear", "ours", says);
        let report = desk.run(&["check", "connect", "--json"]).exits(code).json();
        let found = finding(&report, "connect.export_key");
        assert_eq!(found["verdict"], verdict, "{says:?}: {found}");
        assert_eq!(desk.count("GET", TRIED) > 2, says == Says::Nothing, "{says:?}: asked again only if that may help");
    }
}

/// Runs `check connect` with these keys in the environment.
fn with_keys(desk: &Desk, illiad: &str, export: Option<&str>) -> Ran {
    let mut command = desk.command(&["check", "connect", "--json"]);
    command.env("LAST_RESORT_ILLIAD_KEY", illiad);
    match export {
        Some(key) => command.env("LAST_RESORT_EXPORT_KEY", key),
        None => command.env_remove("LAST_RESORT_EXPORT_KEY"),
    };
    Started::new(command.spawn().expect("the binary")).end()
}

#[test]
fn one_key_for_both_is_asked_about_once() {
    let desk = Desk::in_world("done");
    let own = desk.sim.keys().illiad.clone();
    for export in [None, Some(own.as_str())] {
        let before = desk.count("GET", TRIED);
        let report = with_keys(&desk, &own, export).exits(0).json();
        assert_eq!(finding(&report, "connect.export_key")["verdict"], "same", "{export:?}");
        assert_eq!(desk.count("GET", TRIED) - before, 1, "{export:?}");
    }
    let refused = with_keys(&desk, "a-key-that-illiad-does-not-know", None).exits(1).json();
    let reason = |key| finding(&refused, key)["reason"].clone();
    assert_eq!(reason("connect.export_key"), reason("connect.illiad_key"));
}

/// Where this program wrote an export key, ILLiad's own key does not take its place when that key is lost here.
#[test]
fn a_key_that_was_written_and_is_lost_here_is_missing() {
    let desk = desk("clear", "somebody-elses-key", Says::Yes);
    desk.apply(&["parameters"]).exits(0);
    let without = |args: &[&str]| {
        let mut command = desk.command(args);
        command.env_remove("LAST_RESORT_EXPORT_KEY");
        Started::new(command.spawn().expect("the binary")).end()
    };
    let report = without(&["check", "--json"]).exits(1).json();
    let said = finding(&report, "connect.export_key");
    assert_eq!(said["verdict"], "unread", "{said}");
    assert!(said["reason"].as_str().is_some_and(|why| why.contains("is not stored here")), "{said}");
    assert_eq!(finding(&report, API_KEY)["verdict"], "waiting", "{report}");
    let told = without(&["check"]);
    assert!(told.out().contains("The key for Alma's export is missing here"), "{}", told.out());
    let writes = desk.writes().len();
    without(&["apply", "parameters", "--confirm", "01CUNY_QC"]);
    assert_eq!((desk.writes().len(), desk.record().pointer(KEY_AT)), (writes, Some(&json!(desk.sim.keys().export))));
}

/// A key slot that cannot be read is not an empty one: the program's own key must not be used instead.
#[test]
fn a_key_that_cannot_be_read_here_is_not_taken_for_none() {
    for unusable in ["two words", "schlüssel-schlüssel", &"k".repeat(300)] {
        let desk = Desk::in_world("done");
        let with = |args: &[&str]| {
            let mut command = desk.command(args);
            command.env("LAST_RESORT_EXPORT_KEY", unusable);
            Started::new(command.spawn().expect("the binary")).end()
        };
        let before = desk.record();
        let report = with(&["check", "--json"]).exits(1).json();
        let said = finding(&report, "connect.export_key");
        assert_eq!(said["verdict"], "unread", "{said}");
        assert_eq!(finding(&report, API_KEY)["verdict"], "waiting", "{report}");
        assert!(
            finding(&report, API_KEY)["reason"].as_str().is_some_and(|why| why.contains("cannot be read")),
            "{report}"
        );
        let applied = with(&["apply", "parameters", "--confirm", "01CUNY_QC", "--json"]).exits(4);
        assert!(desk.writes().is_empty() && desk.record() == before, "{}", applied.out());

        // If something else has to be written, Alma keeps the key it has.
        desk.disturb("/partner_details/profile_details/ncip_details/close_request_on_export", json!(true));
        let key = desk.record().pointer(KEY_AT).cloned();
        with(&["apply", "parameters", "--confirm", "01CUNY_QC", "--json"]).exits(4);
        assert_eq!((desk.writes().len(), desk.record().pointer(KEY_AT).cloned()), (1, key));

        let fresh = Desk::in_world("fresh");
        let mut command = fresh.command(&APPLY);
        command.env("LAST_RESORT_EXPORT_KEY", unusable);
        Started::new(command.spawn().expect("the binary")).end().exits(1);
        assert!(fresh.writes().is_empty());
    }
}

#[test]
fn a_sign_off_of_the_key_means_one_key() {
    let desk = Desk::in_world("chain-key-masked");
    let signed = ["attest", "parameters.export.api_key"];
    let with = |key: &str, args: &[&str]| {
        let mut command = desk.command(args);
        command.env("LAST_RESORT_EXPORT_KEY", key);
        Started::new(command.spawn().expect("the binary")).end()
    };
    let verdict = |ran: Ran| finding(&ran.json(), API_KEY)["verdict"].clone();
    let mut none = desk.command(&signed);
    none.env_remove("LAST_RESORT_EXPORT_KEY").env_remove("LAST_RESORT_ILLIAD_KEY");
    let ran = Started::new(none.spawn().expect("the binary")).end().exits(1);
    assert!(ran.err().contains("keys set --slot export") && ran.out().is_empty(), "{}", ran.err());
    assert!(desk.journaled("attested").is_empty());
    desk.run(&signed).exits(0);
    let ours = desk.sim.keys().export.clone();
    assert_eq!(verdict(with(&ours, &["check", "parameters", "--json"])), "attested");
    let alike = format!("{}{}", "z".repeat(ours.len() - 4), &ours[ours.len() - 4..]);
    assert_eq!(verdict(with(&alike, &["check", "parameters", "--json"])), "waiting");
    assert_eq!(verdict(with(&ours, &["check", "parameters", "--json"])), "attested");
}

/// Sets up world `drifted` as ours by our own write, and then lets somebody put another key into Alma, which shows only the
/// end of keys.
fn another_key_behind_the_mask() -> Desk {
    let desk = desk("masked-but-end", "somebody-elses-key", Says::Yes);
    desk.apply(&["partner", "parameters"]);
    let written = desk.run(&["check", "parameters", "--json"]).json();
    assert_eq!(finding(&written, API_KEY)["verdict"], "attested", "{written}");
    desk.disturb(KEY_AT, json!("the-key-of-somebody-9999"));
    desk
}

#[test]
fn a_mask_whose_end_is_not_our_keys_is_a_question_and_no_proof_of_ours() {
    let desk = another_key_behind_the_mask();
    let found = desk.run(&["check", "parameters", "--json"]).exits(4).json();
    let key = finding(&found, API_KEY);
    assert_eq!((&key["verdict"], &key["got"]), (&json!("waiting"), &json!("masked, ends 9999")), "{key}");
    // A word does not make it ours either: the mask still says otherwise.
    desk.run(&["attest", API_KEY, "--confirm", "01CUNY_QC"]);
    let found = desk.run(&["check", "parameters", "--json"]).json();
    assert_eq!(finding(&found, API_KEY)["verdict"], "waiting", "{found}");
    let live = desk.run(&["golive", "--confirm", "01CUNY_QC"]);
    assert!(live.code != Some(0), "{}", live.out());
}

#[test]
fn another_key_behind_the_mask_is_not_sent_as_ours_untried() {
    let desk = another_key_behind_the_mask();
    desk.disturb("/partner_details/name", json!("Another name"));
    silence(&desk);
    let writes = desk.writes().len();
    desk.run(&["apply", "partner", "--confirm", "01CUNY_QC"]).exits(1);
    assert_eq!(desk.writes().len(), writes, "nobody could try the key, so nothing is sent");
    desk.sim.clear_faults();
    desk.run(&["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"]);
}

//! Going live, the way back and an edited campus file change what is wanted: what was shown, signed off or proved before
//! no longer counts.
use super::desk::{Exports, age, rules};
use crate::harness::desk::CAMPUS;
use crate::harness::judge::{assert_folds, assert_words, finding, step};
use crate::harness::{Desk, account};
use serde_json::{Value, json};

const GO: [&str; 3] = ["golive", "--confirm", CAMPUS];
const BACK: [&str; 4] = ["golive", "--back", "--confirm", CAMPUS];

/// A campus where everything is signed off.
fn signed() -> Exports {
    let exports = Exports::new();
    exports.desk.run(&["attest", "partner", "rota", "rule", "illiad"]).exits(0);
    exports
}

fn enabled(desk: &Desk, code: i32) -> Value {
    let report = desk.run(&["check", "rule", "--json"]).exits(code).json();
    assert_words(&report, "rule");
    finding(&report, "rule.enabled").clone()
}

#[track_caller]
fn waits(told: &Value, why: &str) {
    assert_eq!(
        (&told["verdict"], &told["evidence"], &told["got"]),
        (&json!("waiting"), &Value::Null, &Value::Null),
        "{told}"
    );
    assert!(
        told["reason"].as_str().is_some_and(|reason| reason.contains(why) && reason.contains("check again")),
        "{told}"
    );
    assert!(told["hint"].is_string(), "{told}");
}

fn set_by_hand(desk: &Desk, stance: &str) {
    desk.campus_file(CAMPUS, &desk.campus_text().replace("[alma]\n", &format!("stance = {stance:?}\n\n[alma]\n")));
}

#[test]
fn what_was_shown_before_the_rule_was_switched_no_longer_counts() {
    let exports = signed();
    let desk = &exports.desk;
    exports.list(&rules(), 0);
    assert_eq!(enabled(desk, 0)["verdict"], "same");
    desk.run(&GO).exits(4);
    waits(&enabled(desk, 4), "before the rule was switched");
    desk.run(&["attest", "rule.enabled"]).exits(0);
    let told = enabled(desk, 0);
    assert_eq!(
        (&told["verdict"], &told["want"], told.get("contradicted")),
        (&json!("attested"), &json!("Enabled"), None),
        "{told}"
    );
    // Neither the list from before nor the sign-off of "Enabled" says that it is disabled again.
    desk.run(&BACK).exits(4);
    waits(&enabled(desk, 4), "before the rule was switched");
    let gate = desk.run(&["golive", "--json"]).exits(4).json();
    assert_eq!(gate["gates"][5]["verdict"], "shut", "{gate}");
    // What is shown now counts.
    exports.list(&rules(), 0);
    assert_eq!(enabled(desk, 0)["verdict"], "same");
}

#[test]
fn a_sign_off_from_before_the_switch_does_not_come_back_with_the_way_back() {
    let exports = signed();
    let desk = &exports.desk;
    desk.run(&GO).exits(4);
    desk.run(&BACK).exits(4);
    waits(&enabled(desk, 4), &format!("signed off by {} before the rule was switched", account()));
    desk.run(&["attest", "rule"]).exits(0);
    assert_eq!(enabled(desk, 0)["verdict"], "attested");
    assert_eq!(desk.journaled("attested").len(), 2, "only the switch waited");
}

#[test]
fn an_edited_campus_file_overtakes_what_was_shown_for_another_value() {
    let exports = signed();
    let desk = &exports.desk;
    exports.list(&rules(), 0);
    set_by_hand(desk, "live");
    waits(&enabled(desk, 4), "from when \"Disabled\" was wanted");
    desk.run(&["attest", "rule.enabled"]).exits(0);
    assert_eq!(enabled(desk, 0)["verdict"], "attested");
    set_by_hand(desk, "ahead");
    waits(&enabled(desk, 4), "from when \"Enabled\" was wanted");
    // The same for any value that the campus file decides.
    let other = Exports::new();
    let nvtgc = |code: i32| {
        let report = other.desk.run(&["check", "illiad", "--json"]).exits(code).json();
        finding(&report, "illiad.queue.nvtgc").clone()
    };
    other.list(&super::desk::queues(), 0);
    assert_eq!(nvtgc(4)["verdict"], "same");
    other.desk.campus_file(CAMPUS, &other.desk.campus_text().replace("nvtgc = \"ILL\"", "nvtgc = \"ILQ\""));
    waits(&nvtgc(4), "from when \"ILL\" was wanted");
}

fn proved(desk: &Desk) -> Value {
    json!({"at": jiff::Timestamp::now().to_string(), "by": "grace", "what": "proved", "half": "illiad", "environment": "sandbox",
        "shows": "proved", "words": "request 7 was routed", "next": null, "number": 7, "key": null, "target": desk.target()})
}

/// Real traffic from before is no better than a probe from before. Every place says the same.
#[test]
fn a_proof_is_due_after_going_live_until_something_was_seen_with_the_rule_enabled() {
    for probed in [false, true] {
        let exports = signed();
        let desk = &exports.desk;
        if probed {
            desk.journal_lines(&[proved(desk)]);
            age(&exports, 1);
        }
        desk.run(&["check"]).exits(0);
        desk.run(&GO).exits(4);
        desk.run(&["attest", "rule.enabled"]).exits(0);
        let report = desk.run(&["check", "--json"]).exits(4).json();
        assert_folds(&report, "live");
        let due = finding(&report, "prove.since_live");
        assert_eq!(
            (&due["verdict"], due.get("advisory"), &report["state"]),
            (&json!("waiting"), None, &json!("waiting")),
            "{due}"
        );
        assert!(due["hint"].as_str().is_some_and(|hint| hint.starts_with("last-resort prove ")), "{due}");
        assert_eq!(step(&report, "prove")["state"], "waiting");
        let why = due["reason"].as_str().expect("a reason");
        assert!(why.contains(if probed { "the last proof (" } else { "may have come before" }), "{why}");
        let gates = desk.run(&GO).exits(4);
        assert!(gates.out().contains("1 has not passed") && gates.out().contains(why), "{}", gates.out());
        let text = desk.run(&["report"]);
        assert!(text.out().contains("Proved since going live"), "{}", text.out());
        let handed = desk.run(&["report", "--json"]).exits(0).json();
        assert_eq!((&handed["state"], &handed["steps"]), (&report["state"], &report["steps"]));
        assert_eq!(handed["waits"].as_array().map(Vec::len), Some(1), "{}", handed["waits"]);
        assert_eq!((&handed["conditions"]["shut"], &handed["conditions"]["all"]), (&json!(1), &json!(11)));
        desk.journal_lines(&[proved(desk)]);
        let report = desk.run(&["check", "--json"]).exits(0).json();
        assert_eq!(report["state"], "attested");
        desk.run(&GO).exits(0);
        // After the way back nothing is due, and after going live again it is.
        desk.run(&BACK).exits(4);
        desk.run(&["attest", "rule.enabled"]).exits(0);
        desk.run(&["check"]).exits(0);
        desk.run(&GO).exits(4);
        desk.run(&["attest", "rule.enabled"]).exits(0);
        desk.run(&["check"]).exits(4);
    }
}

/// Traffic from before going live is no reason to make no probe.
#[test]
fn prove_makes_its_requests_where_the_traffic_is_from_before_going_live() {
    let exports = signed();
    let desk = &exports.desk;
    let told = desk.run(&["prove", "--confirm", CAMPUS, "--json"]).exits(0).json();
    assert_eq!(told["outcome"], "real_traffic", "{told}");
    desk.run(&GO).exits(4);
    desk.run(&["attest", "rule.enabled"]).exits(0);
    let told = desk.run(&["prove", "--confirm", CAMPUS, "--json"]).json();
    assert_ne!(told["outcome"], "real_traffic", "{told}");
    assert!(!desk.journaled("probe_begun").is_empty());
}

#[test]
fn a_campus_set_live_by_hand_is_told_that_nobody_saw_the_conditions_hold() {
    let exports = signed();
    let desk = &exports.desk;
    set_by_hand(desk, "live");
    desk.run(&["attest", "rule.enabled"]).exits(0);
    let report = desk.run(&["check", "--json"]).exits(0).json();
    let told = finding(&report, "prove.gate");
    assert_eq!((&told["verdict"], &told["advisory"]), (&json!("waiting"), &json!(true)), "{told}");
    assert!(
        told["reason"].as_str().is_some_and(|why| why.contains("the checks for going live were not run")),
        "{told}"
    );
    desk.run(&GO);
    let report = desk.run(&["check", "--json"]).json();
    assert!(!report.to_string().contains("prove.gate"), "it went through the gate");
}

#[test]
fn the_hand_off_says_what_is_wanted_now_and_counts_the_conditions_as_golive_does() {
    let exports = signed();
    let desk = &exports.desk;
    let same_count = || {
        let listed = desk.run(&["golive"]);
        let line =
            listed.out().lines().find(|line| line.starts_with("11 checks for going live")).expect("a count").to_owned();
        let report = desk.run(&["report"]).out().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(report.contains(&line), "{line} in {report}");
        let json = desk.run(&["golive", "--json"]).json();
        let gates = json["gates"].as_array().expect("gates");
        let passed = |wanted: Value| gates.iter().filter(|gate| gate["passed"] == wanted).count();
        assert_eq!(json["conditions"]["hold"], passed(json!(true)), "{json}");
        assert!(line.contains(&format!("{} passed", passed(json!(true)))), "{line}");
        for gate in gates {
            assert!(gate["id"] == gate["gate"] && gate["why"] == gate["words"] && gate["title"].is_string(), "{gate}");
        }
        report
    };
    let ahead = same_count();
    assert!(ahead.contains("Keep the rule disabled until") && !ahead.contains("was live until"), "{ahead}");
    desk.run(&GO).exits(4);
    let live = desk.run(&["report"]);
    assert!(
        live.out().contains("The rule should be enabled") && !live.out().contains("stays disabled"),
        "{}",
        live.out()
    );
    desk.run(&BACK).exits(4);
    let back = same_count();
    assert!(back.contains("The campus was live until") && back.contains("Keep the rule disabled until"), "{back}");
    assert!(!back.contains("stays disabled"), "{back}");
}

/// The stance is compared with what was last journaled. The note changes no verdict.
#[test]
fn a_stance_that_was_edited_by_hand_is_noted() {
    let exports = signed();
    let desk = &exports.desk;
    let quiet = |args: &[&str]| assert!(!desk.run(args).err().contains("edited by hand"), "{args:?}");
    quiet(&["check"]);
    desk.run(&GO).exits(4);
    quiet(&["check"]);
    let live = desk.campus_text().replace("[alma]\n", "stance = \"live\"\n\n[alma]\n");
    set_by_hand(desk, "ahead");
    let words = format!("The campus file says ahead, but {} set {CAMPUS} (sandbox) to live on ", account());
    for args in [&["check"][..], &["golive"]] {
        let said = desk.run(args);
        assert!(said.err().contains(&words) && said.err().contains("edited by hand?"), "{args:?}: {}", said.err());
    }
    let told = desk.run(&["golive", "--json"]).json();
    assert!(told["remarks"].to_string().contains("edited by hand"), "{told}");
    desk.campus_file(CAMPUS, &live);
    quiet(&["check"]);
    desk.run(&BACK).exits(4);
    quiet(&["check"]);
    desk.campus_file(CAMPUS, &live);
    let said = desk.run(&["golive"]);
    assert!(
        said.err().contains("The campus file says live, but ") && said.err().contains(" to ahead on "),
        "{}",
        said.err()
    );
    assert!(!said.err().contains("never taken live"), "{}", said.err());
}

/// What was shown for another value is marked where the evidence is listed.
#[test]
fn overtaken_evidence_is_marked_in_the_list() {
    let exports = signed();
    let desk = &exports.desk;
    exports.list(&rules(), 0);
    let marked = || {
        let told = desk.run(&["evidence", "list", "--json"]).exits(0).json();
        let rows = told["values"].as_array().expect("values").clone();
        rows.into_iter().filter(|row| !row["overtaken"].is_null()).collect::<Vec<_>>()
    };
    assert!(marked().is_empty());
    desk.run(&GO).exits(4);
    let rows = marked();
    assert_eq!((rows.len(), &rows[0]["key"]), (1, &json!("rule.enabled")), "{rows:?}");
    let listed = desk.run(&["evidence", "list"]).exits(0);
    assert!(
        listed.out().contains("does not count any more: ") && listed.out().contains("was switched"),
        "{}",
        listed.out()
    );
    exports.list(&rules(), 3);
    assert!(marked().is_empty(), "shown again");
}

//! A sign-off never hides evidence, and it grows old as evidence does.
use super::desk::{Exports, age, csv, queues, rules};
use crate::harness::desk::CAMPUS;
use crate::harness::judge::{assert_words, finding};
use crate::harness::{Desk, account};
use serde_json::{Value, json};
use std::fs;

const GO: [&str; 3] = ["golive", "--confirm", CAMPUS];

/// A campus where the rules list shows our rule enabled, which is not wanted yet, and all else is right.
fn contradicting() -> Exports {
    let exports = Exports::new();
    let mut wrong = rules();
    wrong[2][5] = "Yes".to_owned();
    exports.desk.run(&["attest", "partner", "rota", "illiad"]).exits(0);
    let file = exports.file("rules.csv", csv(&wrong, ",", "\n"));
    exports.import(&[&file], &[]).exits(3);
    exports
}

fn enabled(desk: &Desk, code: i32) -> Value {
    finding(&desk.run(&["check", "rule", "--json"]).exits(code).json(), "rule.enabled").clone()
}

fn rule_gate(desk: &Desk, code: i32) -> Value {
    let told = desk.run(&["golive", "--json"]).exits(code).json();
    let gates = told["gates"].as_array().expect("gates");
    gates.iter().find(|gate| gate["gate"] == "rule").expect("a gate").clone()
}

#[test]
fn a_step_signs_off_only_what_waits() {
    let exports = contradicting();
    let desk = &exports.desk;
    let ran = desk.run(&["attest", "rule", "--note", "looked"]).exits(3);
    assert!(ran.out().contains("not signed  rule.enabled: evidence contradicts it"), "{}", ran.out());
    assert!(ran.out().contains(&format!("last-resort attest rule.enabled --campus {CAMPUS}")), "{}", ran.out());
    assert_eq!(desk.journaled("attested").len(), 1, "nothing waited, so nothing was signed off");
    let json = desk.run(&["attest", "rule", "--json"]).exits(3).json();
    let row = |key: &str| json["fields"].as_array().expect("fields").iter().find(|row| row["key"] == key).expect(key);
    let reason = |key: &str| row(key)["reason"].as_str().expect("a reason").to_owned();
    assert!(
        reason("rule.enabled").starts_with("evidence contradicts it and shows \"Enabled\", from rules.csv"),
        "{json}"
    );
    assert!(ran.out().contains(&reason("rule.enabled")), "the text says the same: {}", ran.out());
    assert!(
        row("rule.enabled")["value"].is_null() && reason("rule.name").contains("needs no sign-off, it is same"),
        "{json}"
    );
    let told = enabled(desk, 3);
    assert_eq!((&told["verdict"], &told["got"]), (&json!("differs"), &json!("Enabled")), "{told}");
    assert_eq!((&told["by"], &told["source"]["file"]), (&json!(account()), &json!("rules.csv")), "{told}");
    assert_eq!(rule_gate(desk, 3)["verdict"], "shut");
    let before = desk.campus_text();
    desk.run(&GO).exits(3);
    assert_eq!(desk.campus_text(), before);
    // A step with values that wait signs those off and leaves the others.
    let fresh = Exports::new();
    let mut half = queues();
    half[2][2] = "QC".to_owned();
    fresh.list(&half, 3);
    fresh.desk.run(&["attest", "illiad"]).exits(3);
    let signed = fresh.desk.journaled("attested").remove(0);
    let fields: Vec<&String> = signed["fields"].as_object().expect("fields").keys().collect();
    assert!(fields.len() == 7 && fields.iter().all(|key| key.starts_with("illiad.routing.")), "{signed}");
    assert_eq!(fresh.desk.run(&["attest", "illiad"]).code, Some(3));
    assert_eq!(fresh.desk.journaled("attested").len(), 1, "nothing waits any more");
}

#[test]
fn a_contradiction_stays_in_view_until_newer_evidence_agrees() {
    let exports = contradicting();
    let desk = &exports.desk;
    let ran = desk.run(&["attest", "rule.enabled", "--note", "I say so"]).exits(0);
    assert!(ran.out().contains("contradicted: \"Enabled\" from rules.csv"), "{}", ran.out());
    let stays = |when: &str| {
        let report = desk.run(&["check", "rule", "--json"]).exits(if when == "now" { 0 } else { 4 }).json();
        assert_words(&report, when);
        let told = finding(&report, "rule.enabled");
        assert_eq!((&told["verdict"], &told["evidence"]), (&json!("attested"), &json!("attested")), "{told}");
        assert_eq!((&told["source"], &told["note"]), (&json!("I say so"), &json!("I say so")), "{told}");
        let against = &told["contradicted"];
        assert_eq!((&against["got"], &against["by"]), (&json!("Enabled"), &json!(account())), "{told}");
        assert_eq!(against["source"]["file"], "rules.csv", "{told}");
        assert!(against["on"].is_string() && against["source"]["sha256"].is_string(), "{told}");
        let text = desk.run(&["check", "rule"]);
        assert!(text.out().contains("contradicted: \"Enabled\" from rules.csv, imported by"), "{}", text.out());
        assert!(text.out().contains("1 of them contradicted by evidence"), "{}", text.out());
        for format in ["text", "md", "html"] {
            let report = desk.run(&["report", "--format", format]);
            assert!(report.out().contains("contradicted by evidence"), "{format}: {}", report.out());
        }
        let gate = rule_gate(desk, 3);
        assert_eq!((&gate["verdict"], &gate["state"]), (&json!("shut"), &json!("differs")), "{gate}");
        assert!(gate["words"].as_str().is_some_and(|words| words.contains("contradicts")), "{gate}");
        desk.run(&GO).exits(3);
        assert!(desk.journaled("stance_set").is_empty());
    };
    stays("now");
    // Neither time nor a second sign-off ends it.
    age(&exports, 31);
    stays("later");
    desk.run(&["attest", "rule.enabled", "--note", "I say so"]).exits(0);
    stays("signed off again");
    // Taken back, the value is as it was shown, and that is too old by now.
    desk.run(&["attest", "rule.enabled", "--revoke"]).exits(0);
    let old = enabled(desk, 4);
    assert!(old["reason"].as_str().is_some_and(|why| why.contains("was not as wanted")), "{old}");
    desk.run(&["attest", "rule.enabled"]).exits(0);
    exports.list(&rules(), 0);
    let told = enabled(desk, 0);
    assert_eq!((&told["verdict"], told.get("contradicted")), (&json!("same"), None), "{told}");
    assert_eq!(rule_gate(desk, 0)["verdict"], "holds");
}

/// A sign-off from before the evidence does not come back once the evidence is old.
#[test]
fn an_old_sign_off_does_not_outlive_newer_evidence() {
    let exports = Exports::new();
    exports.desk.run(&["attest", "rule"]).exits(0);
    age(&exports, 1);
    let mut wrong = rules();
    wrong[2][5] = "Yes".to_owned();
    exports.list(&wrong, 3);
    assert_eq!(enabled(&exports.desk, 3)["verdict"], "differs");
    age(&exports, 31);
    assert_eq!(enabled(&exports.desk, 4)["verdict"], "waiting");
}

#[test]
fn a_sign_off_grows_old() {
    let exports = Exports::new();
    let desk = &exports.desk;
    desk.run(&["attest", "rota", "--note", "looked"]).exits(0);
    age(&exports, 365);
    desk.run(&["check", "rota"]).exits(0);
    age(&exports, 1);
    let report = desk.run(&["check", "rota", "--json"]).exits(4).json();
    let old = finding(&report, "rota.code");
    assert!(old["verdict"] == "waiting" && old["evidence"].is_null(), "{old}");
    assert!(old["reason"].as_str().is_some_and(|why| why.contains("366 days ago")), "{old}");
    desk.run(&["attest", "rota"]).exits(0);
    desk.run(&["check", "rota"]).exits(0);
    desk.campus_file(CAMPUS, &(desk.campus_text() + "\n[evidence]\nword_max_age_days = 3\n"));
    desk.run(&["check", "rota"]).exits(0);
    age(&exports, 4);
    desk.run(&["check", "rota"]).exits(4);
}

#[test]
fn a_time_in_the_future_is_told_and_does_not_count() {
    let exports = Exports::new();
    let desk = &exports.desk;
    desk.run(&["attest", "rota"]).exits(0);
    exports.list(&rules(), 0);
    desk.run(&["check", "rota", "rule"]).exits(0);
    age(&exports, -2);
    let ran = desk.run(&["check", "rota", "rule", "--json"]).exits(4);
    assert!(ran.err().contains("is dated in the future") && ran.err().contains("clock"), "{}", ran.err());
    let report = ran.json();
    for key in ["rota.code", "rule.enabled"] {
        let told = finding(&report, key);
        assert_eq!(told["verdict"], "waiting", "{told}");
        assert!(told["reason"].as_str().is_some_and(|why| why.contains("in the future")), "{told}");
    }
    // What is said now counts at once.
    desk.run(&["attest", "rota", "rule"]).exits(0);
    desk.run(&["check", "rota", "rule"]).exits(0);
}

/// Who acts is the account that runs the program, whatever the environment says.
#[test]
fn the_account_signs_and_not_the_environment() {
    let desk = Desk::in_world("done");
    let mut command = desk.command(&["attest", "rota"]);
    command.env("USER", "mallory").env("LOGNAME", "mallory").env("SUDO_USER", "grace");
    assert!(command.spawn().expect("the binary").wait().expect("an end").success());
    let line = desk.journal().remove(0);
    let uid = std::os::unix::fs::MetadataExt::uid(&fs::metadata(desk.journal_path()).expect("a journal"));
    let account_of = &line["account"];
    assert_eq!((&line["by"], &line["schema"]), (&json!(account()), &json!(1)), "{line}");
    assert_eq!((&account_of["uid"], &account_of["sudo_user"]), (&json!(uid), &json!("grace")), "{line}");
    assert!(account_of["host"].is_string() && account_of["pid"].is_u64() && !line.to_string().contains("mallory"));
    let report = desk.run(&["check", "rota", "--json"]).exits(0).json();
    let by = finding(&report, "rota.code")["by"].clone();
    assert_eq!(by, format!("{} (sudo by grace)", account()));
}

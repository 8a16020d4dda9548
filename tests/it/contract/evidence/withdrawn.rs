//! Evidence that should not have been shown is withdrawn, by name and in the journal.
use super::desk::{Exports, csv, queues, routing, rules};
use crate::harness::account;
use crate::harness::judge::finding;
use serde_json::json;

#[test]
fn a_list_or_a_value_is_forgotten() {
    let exports = Exports::new();
    let desk = &exports.desk;
    exports.list(&queues(), 0);
    exports.list(&routing(), 0);
    desk.run(&["check", "illiad"]).exits(0);
    let ran = desk.run(&["evidence", "forget", "illiad.queue.nvtgc"]).exits(0);
    assert!(ran.out().contains("[illiad.queue.nvtgc]"), "{}", ran.out());
    let report = desk.run(&["check", "illiad", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "illiad.queue.nvtgc")["verdict"], "waiting");
    assert_eq!(finding(&report, "illiad.queue.process_type")["verdict"], "same");
    let told = desk.run(&["evidence", "forget", "routing", "--json"]).exits(0).json();
    assert_eq!(told["forgotten"]["values"].as_array().map(Vec::len), Some(7), "{told}");
    assert_eq!(told["forgotten"]["lists"], json!(["routing"]));
    let report = desk.run(&["check", "illiad", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "illiad.routing.rule_no")["verdict"], "waiting");
    assert!(!report.to_string().contains("routing.other_rows"), "{report}");
    assert_eq!(finding(&report, "illiad.queue.other_rows")["verdict"], "same");
    let lines = desk.journaled("evidence_forgotten");
    assert_eq!((lines.len(), &lines[1]["by"]), (2, &json!(account())));
    // What is not there is no mistake, and what is no list or value is one.
    let nothing = desk.run(&["evidence", "forget", "routing"]).exits(0);
    assert!(nothing.out().contains("nothing was changed"), "{}", nothing.out());
    assert_eq!(desk.journaled("evidence_forgotten").len(), 2);
    for wrong in ["partner.code.x", "parameters.export.api_key", "tables", "rota"] {
        let ran = desk.run(&["evidence", "forget", wrong]).exits(2);
        assert!(ran.err().contains("rota-rules") && ran.out().is_empty(), "{wrong}: {}", ran.err());
    }
    exports.list(&routing(), 0);
    let report = desk.run(&["check", "illiad", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "illiad.routing.rule_no")["verdict"], "same");
}

/// Withdrawing what speaks against a sign-off makes nobody's word stronger: it has to be given anew.
#[test]
fn forgetting_evidence_does_not_clear_a_sign_off_given_against_it() {
    let exports = Exports::new();
    let desk = &exports.desk;
    let mut wrong = rules();
    wrong[2][5] = "Yes".to_owned();
    let file = exports.file("rules.csv", csv(&wrong, ",", "\n"));
    exports.import(&[&file], &[]).exits(3);
    desk.run(&["attest", "rule.enabled", "rule.name"]).exits(0);
    desk.run(&["evidence", "forget", "rota-rules"]).exits(0);
    let report = desk.run(&["check", "rule", "--json"]).exits(4).json();
    let told = finding(&report, "rule.enabled");
    assert_eq!(told["verdict"], "waiting", "{told}");
    assert!(told["reason"].as_str().is_some_and(|why| why.contains("was withdrawn by")), "{told}");
    assert_eq!(finding(&report, "rule.name")["verdict"], "attested", "nothing spoke against that one");
    // Newer evidence agrees, and is withdrawn too: the sign-off is still the one that was given against evidence.
    exports.list(&rules(), 0);
    desk.run(&["evidence", "forget", "rota-rules"]).exits(0);
    let report = desk.run(&["check", "rule", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "rule.enabled")["verdict"], "waiting", "{report}");
    desk.run(&["attest", "rule.enabled"]).exits(0);
    let report = desk.run(&["check", "rule", "--json"]).exits(4).json();
    let told = finding(&report, "rule.enabled");
    assert_eq!((&told["verdict"], told.get("contradicted")), (&json!("attested"), None), "{told}");
}

#[test]
fn forgetting_the_evidence_that_agreed_again_does_not_clear_it_either() {
    let exports = Exports::new();
    let desk = &exports.desk;
    let mut wrong = rules();
    wrong[2][5] = "Yes".to_owned();
    let file = exports.file("rules.csv", csv(&wrong, ",", "\n"));
    exports.import(&[&file], &[]).exits(3);
    desk.run(&["attest", "rule.enabled", "rule.name"]).exits(0);
    exports.list(&rules(), 0);
    desk.run(&["evidence", "forget", "rota-rules"]).exits(0);
    let report = desk.run(&["check", "rule", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "rule.enabled")["verdict"], "waiting", "{report}");
    assert_eq!(finding(&report, "rule.name")["verdict"], "attested", "nothing spoke against that one");
}

//! A proof is of the set-up as it was then: after a change, the step says so and asks for another one.
use crate::harness::Desk;
use crate::harness::desk::CAMPUS;
use crate::harness::judge::{finding, findings};
use serde_json::{Value, json};

/// Why the set-up is to be proved again. Empty if it is not.
fn due(desk: &Desk) -> String {
    let told = desk.run(&["check", "--json"]).json();
    assert_eq!(finding(&told, "prove.routing")["verdict"], "same");
    let due = findings(&told).into_iter().find(|finding| finding["key"] == "prove.since_change");
    assert!(due.is_none_or(|due| due["verdict"] == "waiting" && due["advisory"] == true), "{due:?}");
    due.and_then(|due| due["reason"].as_str()).unwrap_or_default().to_owned()
}

#[track_caller]
fn prove(desk: &Desk) -> Value {
    desk.start(&["prove", "--confirm", CAMPUS, "--json"]).end_of_proof().exits(0).json()
}

/// Real traffic from before the apply no longer proves the set-up. Test requests do, until an undo changes it again.
#[test]
fn what_was_proved_before_a_write_is_to_be_proved_again() {
    let desk = Desk::in_world("drifted");
    assert_eq!(due(&desk), "", "the request came, and nothing was changed since");
    let wanted = desk.apply(&["partner", "parameters"]).json();
    assert_eq!(wanted["steps"].as_array().map(Vec::len), Some(2));
    let why = due(&desk);
    assert!(why.starts_with("request 410002 came before the last change to the set-up ("), "{why}");
    let report = desk.run(&["report"]).out().to_owned();
    let flat = report.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("came before the last change to the set-up"), "{report}");
    // Real traffic does not suffice now.
    assert_eq!(prove(&desk)["outcome"], json!("routed"));
    assert_eq!(due(&desk), "");
    let routing = finding(&desk.run(&["check", "--json"]).json(), "prove.routing")["got"].to_string();
    assert!(!routing.contains("410002"), "it rests on the new proof: {routing}");
    desk.undo().exits(0);
    let why = due(&desk);
    assert!(why.starts_with("the proof of ") && why.contains(", came before the last change to the set-up ("), "{why}");
}

/// A change that nobody made with this program is found by a check. A proof from after that may be of the set-up as it is.
#[test]
fn what_was_proved_before_a_change_elsewhere_is_to_be_proved_again() {
    let url = "/partner_details/profile_details/ncip_details/export_url";
    let desk = Desk::in_world("probe-ready");
    let right = desk.record().pointer(url).cloned().expect("a URL");
    prove(&desk);
    assert_eq!(due(&desk), "");
    desk.disturb(url, json!("https://elsewhere.example.org"));
    let why = due(&desk);
    assert!(why.contains("the last change to the set-up (found on "), "{why}");
    desk.disturb(url, right);
    assert_ne!(due(&desk), "", "put right by hand, and not proved since");
    prove(&desk);
    assert_eq!(due(&desk), "");
}

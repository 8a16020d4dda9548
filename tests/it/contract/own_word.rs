//! The report of a run agrees with the next check. If a write creates the partner, the sign-offs that depended on the
//! previous one are void in that same report.
use crate::harness::{Desk, PARTNER_PATH, Ran};
use last_resort::sim::{Fault, FaultKind};
use serde_json::Value;

const STEPS: [&str; 3] = ["partner", "parameters", "rota"];

/// Returns each value's verdict with its key.
fn verdicts(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned).expect("a text");
    let steps = ran.json()["steps"].as_array().cloned().expect("steps");
    let findings = steps.iter().flat_map(|step| step["findings"].as_array().cloned().expect("findings"));
    findings.map(|finding| (text(&finding["key"]), text(&finding["verdict"]))).collect()
}

fn check(desk: &Desk) -> Ran {
    desk.run(&[&["check"], &STEPS[..], &["--json"]].concat())
}

fn rota(verdicts: &[(String, String)]) -> Vec<&str> {
    verdicts.iter().filter(|(key, _)| key.starts_with("rota.")).map(|(_, verdict)| verdict.as_str()).collect()
}

#[test]
fn an_apply_that_makes_the_partner_says_what_the_next_check_says() {
    let desk = Desk::in_world("fresh");
    desk.run(&["attest", "rota"]).exits(0);
    let applied = desk.apply(&STEPS);
    let checked = check(&desk);
    let (told, next) = (verdicts(&applied), verdicts(&checked));
    assert!(rota(&next).iter().all(|verdict| *verdict == "waiting"), "{next:?}");
    assert_eq!(told, next);
    assert_eq!(applied.code, checked.code, "{}", applied.err());
}

#[test]
fn a_check_that_settles_an_earlier_write_says_what_the_next_check_says() {
    let desk = Desk::in_world("fresh");
    desk.run(&["attest", "rota"]).exits(0);
    // The record is created, but cannot be read back.
    desk.sim.set_fault(Fault::new(FaultKind::ResetAfterWrite).method("POST").path("/almaws/v1/partners"));
    for nth in 3..=12 {
        desk.sim.set_fault(Fault::new(FaultKind::Reset).method("GET").path(PARTNER_PATH).nth(nth));
    }
    desk.apply(&STEPS).exits(1);
    desk.sim.clear_faults();
    let (settled, checked) = (check(&desk), check(&desk));
    assert!(settled.err().contains(") was applied."), "{}", settled.err());
    let (told, next) = (verdicts(&settled), verdicts(&checked));
    assert!(rota(&next).iter().all(|verdict| *verdict == "waiting"), "{next:?}");
    assert_eq!(told, next);
    assert_eq!(settled.code, checked.code);
}

//! Answers of Alma that contradict each other, and records that change while a write waits.
use super::{assert_never_blind, on_read, on_writes};
use crate::harness::desk::is_write;
use crate::harness::judge::finding;
use crate::harness::{Desk, PARTNER_PATH, wait_for};
use last_resort::sim::{BodyKind, Fault, FaultKind};
use serde_json::json;

/// Alma's answer to a partner that does not exist.
fn not_found() -> FaultKind {
    FaultKind::AnswerOf("/almaws/v1/partners/NOBODY".to_owned())
}

#[test]
fn a_partner_that_is_listed_but_not_found_is_unread_and_not_created() {
    let desk = Desk::in_world("drifted");
    desk.sim.set_fault(Fault::new(not_found()).method("GET").path(PARTNER_PATH));
    let report = desk.run(&["check", "connect", "partner", "--json"]).exits(1).json();
    assert_eq!(finding(&report, "partner.code")["verdict"], json!("unread"), "{report}");
    let plan = desk.run(&["plan", "partner"]).exits(1);
    assert!(plan.err().contains("contradict each other"), "{}", plan.err());
    let refused = desk.apply(&["partner"]).exits(1);
    assert!(refused.err().contains("GET /partners)"), "{}", refused.err());
    assert!(desk.writes().is_empty(), "nothing was sent");
}

/// An edit made while a write waits for the limit of calls per second is not lost.
#[test]
fn a_record_that_changes_while_a_write_waits_is_left_alone() {
    let edited = |desk: &Desk, args: &[&str]| {
        let sent = desk.writes().len();
        on_writes(&FaultKind::TooManyPerSecond(1)).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let started = desk.start(args);
        wait_for("the write", || desk.sim.requests().iter().any(|seen| is_write(seen) && seen.status == Some(429)));
        desk.disturb("/partner_details/name", json!("Edited by Sue"));
        let ran = started.end().exits(1);
        assert!(ran.err().contains("changed before it could be sent again"), "{}", ran.err());
        assert_eq!(desk.writes().len(), sent + 1, "not sent again");
        assert_eq!(desk.sim.partner("ILLiad").expect("kept")["partner_details"]["name"], json!("Edited by Sue"));
        desk.sim.clear_faults();
    };
    edited(&Desk::in_world("drifted"), &["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]);
    let created = Desk::in_world("fresh");
    created.apply(&["partner", "parameters"]).exits(4);
    edited(&created, &["undo", "--confirm", "01CUNY_QC"]);
}

#[test]
fn a_record_that_is_not_found_after_it_was_replaced_is_settled_by_the_next_read() {
    let desk = Desk::in_world("drifted");
    let before = desk.sim.partner("ILLiad");
    desk.sim.set_fault(on_read(3, not_found()));
    let ran = desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(1);
    assert!(ran.err().contains("does not show it yet") && !ran.out().contains("refused"), "{}{}", ran.out(), ran.err());
    assert!(desk.journaled("write_ended")[0]["outcome"]["unknown"].is_string());
    let check = desk.run(&["check", "partner"]);
    assert!(check.err().contains("was applied"), "{}", check.err());
    desk.undo().exits(0);
    assert_eq!(desk.sim.partner("ILLiad"), before);
}

#[test]
fn a_creation_without_an_answer_is_unknown_and_not_refused() {
    let desk = Desk::in_world("fresh");
    on_writes(&FaultKind::Reset).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    let ran = desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(1);
    assert!(ran.out().contains("unknown") && !ran.out().contains("refused"), "{}", ran.out());
}

#[test]
fn an_undo_that_alma_took_without_effect_can_be_repeated() {
    let taken = [("drifted", FaultKind::Empty), ("fresh", FaultKind::Status { code: 204, body: BodyKind::Empty })];
    for (world, kind) in taken {
        let desk = Desk::in_world(world);
        let before = desk.sim.partner("ILLiad");
        desk.apply(&["partner", "parameters"]).exits(4);
        on_writes(&kind).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let ran = desk.undo().exits(1);
        assert!(ran.err().contains("does not show it yet"), "{world}: {}", ran.err());
        desk.sim.clear_faults();
        desk.undo().exits(0);
        assert_eq!(desk.sim.partner("ILLiad"), before, "{world}");
        assert_never_blind(&desk, world);
    }
}

#[test]
fn a_write_that_lands_after_a_later_one_was_undone_is_noticed() {
    let desk = Desk::in_world("drifted");
    let before = desk.sim.partner("ILLiad");
    on_writes(&FaultKind::Reset).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    desk.apply(&["partner", "parameters"]).exits(1);
    desk.sim.clear_faults();
    desk.apply(&["partner", "parameters"]).exits(4);
    let late = desk.sim.partner("ILLiad").expect("written");
    desk.undo().exits(0);
    assert!(!desk.run(&["check", "partner"]).err().contains("has in fact been applied"), "not yet");
    desk.sim.set_partner("ILLiad", late);
    let check = desk.run(&["check", "partner"]);
    assert!(check.err().contains("has in fact been applied"), "{}", check.err());
    desk.undo().exits(0);
    assert_eq!(desk.sim.partner("ILLiad"), before);
}

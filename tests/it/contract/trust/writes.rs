//! Faults while `apply` and `undo` write.
use super::{assert_never_blind, on_read, on_writes};
use crate::harness::judge::{exit_code, no_control};
use crate::harness::{Desk, PARTNER_PATH, in_parallel, wait_for};
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};
use serde_json::json;

/// The fault on the write, the exit code of the apply, and the number of writes it sends.
fn table(elsewhere: &Desk) -> Vec<(FaultKind, i32, usize)> {
    let status = |code, body| FaultKind::Status { code, body };
    vec![
        (FaultKind::Hang, 1, 1),
        (FaultKind::HangAfterWrite, 4, 1),
        (FaultKind::Delay(60_000), 1, 1),
        (FaultKind::Drip(100), 4, 1),
        (FaultKind::Reset, 1, 1),
        (FaultKind::ResetAfterWrite, 4, 1),
        (FaultKind::ServerErrorAfterWrite, 4, 1),
        (status(500, BodyKind::Json), 1, 1),
        (status(503, BodyKind::Html), 1, 1),
        (status(502, BodyKind::Empty), 1, 1),
        (status(401, BodyKind::Json), 1, 1),
        (status(429, BodyKind::Empty), 1, 1),
        // Alma says that the write was not carried out, so it is sent again.
        (FaultKind::TooManyPerSecond(1), 4, 2),
        (FaultKind::Html, 1, 1),
        (FaultKind::EmptyAfterWrite, 4, 1),
        (FaultKind::TextAfterWrite, 4, 1),
        (FaultKind::Huge(6_000_000), 1, 1),
        (FaultKind::Redirect(format!("{}{PARTNER_PATH}", elsewhere.sim.alma_url())), 1, 1),
        (FaultKind::Truncated, 4, 1),
        (FaultKind::HalfBody, 4, 1),
        (FaultKind::InvalidUtf8, 4, 1),
        (FaultKind::Xml, 4, 1),
        (FaultKind::EscapeSequences, 4, 1),
        (FaultKind::ErrorIn200, 4, 1),
    ]
}

#[test]
fn whatever_becomes_of_a_swap_it_is_read_back_and_never_sent_twice() {
    let elsewhere = Desk::in_world("drifted");
    in_parallel(&table(&elsewhere), |(kind, code, sent)| written("drifted", kind, *code, *sent));
    assert!(elsewhere.sim.requests().is_empty(), "a redirect is never followed");
}

#[test]
fn whatever_becomes_of_a_creation_it_is_read_back_and_never_sent_twice() {
    let elsewhere = Desk::in_world("fresh");
    in_parallel(&table(&elsewhere), |(kind, code, sent)| written("fresh", kind, *code, *sent));
    assert!(elsewhere.sim.requests().is_empty(), "a redirect is never followed");
}

fn written(world: &str, kind: &FaultKind, code: i32, sent: usize) {
    let context = format!("{world}, {kind:?}");
    let desk = Desk::in_world(world);
    let before = desk.sim.partner("ILLiad").map(|record| record.to_string());
    on_writes(kind).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    let ran = desk.apply(&["partner", "parameters", "-v"]);
    assert_eq!(ran.code, Some(code), "{context}: {}", ran.err());
    assert_eq!(desk.writes().len(), sent, "{context}");
    no_control(&ran, &context);
    let applied = ran.json();
    let ended = &desk.journaled("write_ended")[0]["outcome"];
    let now = desk.sim.partner("ILLiad").map(|record| record.to_string());
    if code == 1 {
        assert_eq!(now, before, "{context}");
        let host = desk.sim.alma_url().replace("http://", "");
        assert!(ran.err().contains(&host) && ran.err().contains("next: "), "{context}: {}", ran.err());
        assert!(ended["refused"].is_string() || ended["not_seen"].is_string(), "{context}: {ended}");
        assert!(
            applied["changes"].as_array().is_some_and(|all| all.iter().all(|c| c["result"] != "written")),
            "{context}"
        );
    } else {
        assert_ne!(now, before, "{context}");
        assert!(ended["done"].is_string(), "{context}: {ended}");
        assert_eq!(exit_code(&applied), 4, "{context}");
    }
    desk.sim.clear_faults();
    desk.apply(&["partner", "parameters"]).exits(4);
    assert_eq!(desk.writes().len(), if code == 1 { sent + 1 } else { sent }, "{context}: settled by reading");
    assert_never_blind(&desk, &context);
    desk.undo().exits(0);
    assert_eq!(desk.sim.partner("ILLiad").map(|record| record.to_string()), before, "{context}: undone");
}

#[test]
fn whatever_becomes_of_an_undo_it_is_read_back() {
    for world in ["drifted", "fresh"] {
        let kinds = [
            (FaultKind::ServerErrorAfterWrite, 0),
            (FaultKind::ResetAfterWrite, 0),
            (FaultKind::Status { code: 500, body: BodyKind::Json }, 1),
            (FaultKind::Reset, 1),
            (FaultKind::Html, 1),
        ];
        in_parallel(&kinds, |(kind, code)| {
            let context = format!("{world}, {kind:?}");
            let desk = Desk::in_world(world);
            let before = desk.sim.partner("ILLiad").map(|record| record.to_string());
            desk.apply(&["partner", "parameters"]).exits(4);
            let written = desk.sim.partner("ILLiad").map(|record| record.to_string());
            on_writes(kind).into_iter().for_each(|fault| desk.sim.set_fault(fault));
            let ran = desk.undo();
            assert_eq!(ran.code, Some(*code), "{context}: {}", ran.err());
            let now = desk.sim.partner("ILLiad").map(|record| record.to_string());
            assert_eq!(now, if *code == 0 { before.clone() } else { written }, "{context}");
            desk.sim.clear_faults();
            let more = desk.undo();
            assert_eq!(more.code, Some(1 - code), "{context}: a second undo has nothing to undo: {}", more.err());
            assert_eq!(desk.sim.partner("ILLiad").map(|record| record.to_string()), before, "{context}");
            assert_never_blind(&desk, &context);
        });
    }
}

#[test]
fn a_write_whose_end_nobody_can_read_is_settled_by_the_next_run() {
    let kinds = [FaultKind::ServerErrorAfterWrite, FaultKind::Status { code: 500, body: BodyKind::Json }];
    let cases: Vec<(FaultKind, &str)> =
        kinds.iter().flat_map(|kind| ["check", "apply"].map(|next| (kind.clone(), next))).collect();
    in_parallel(&cases, |(kind, next)| {
        let context = format!("{kind:?}, then {next}");
        let desk = Desk::in_world("drifted");
        let before = desk.record().to_string();
        on_writes(kind).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        for nth in 3..9 {
            desk.sim.set_fault(on_read(nth, FaultKind::Reset));
        }
        let ran = desk.apply(&["partner", "parameters"]).exits(1);
        assert!(ran.err().contains("unknown"), "{context}: {}", ran.err());
        assert!(desk.journaled("write_ended")[0]["outcome"]["unknown"].is_string(), "{context}");
        desk.sim.clear_faults();
        let carried_out = *kind == FaultKind::ServerErrorAfterWrite;
        let told = match *next {
            "check" => desk.run(&["check", "partner", "parameters"]).exits(if carried_out { 4 } else { 3 }),
            _ => desk.apply(&["partner", "parameters"]).exits(4),
        };
        let words = if carried_out { ") was applied." } else { ") was not applied." };
        assert!(told.err().contains(words), "{context}: {}", told.err());
        if !carried_out && *next == "check" {
            desk.apply(&["partner", "parameters"]).exits(4);
        }
        assert_eq!(desk.writes().len(), if carried_out { 1 } else { 2 }, "{context}");
        assert_never_blind(&desk, &context);
        desk.undo().exits(0);
        assert_eq!(desk.record().to_string(), before, "{context}");
    });
}

/// Only the key is replaced, or only one field is emptied, so the record looks much the same before and after.
#[test]
fn a_write_that_was_not_carried_out_is_not_called_done() {
    let key = "/partner_details/profile_details/ncip_details/export_api_key";
    for (pointer, value) in [(key, json!("the-key-of-somebody-else")), ("/partner_details/currency", json!("USD"))] {
        let desk = Desk::in_world("done");
        desk.disturb(pointer, value);
        let failing = FaultKind::Status { code: 500, body: BodyKind::Json };
        on_writes(&failing).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        desk.apply(&["partner", "parameters"]).exits(1);
        assert!(desk.journaled("write_ended")[0]["outcome"]["not_seen"].is_string(), "{pointer}: {:?}", desk.journal());
        desk.sim.clear_faults();
        desk.apply(&["partner", "parameters"]).exits(4);
        assert_eq!(desk.writes().len(), 2, "{pointer}");
    }
}

#[test]
fn a_refusal_inside_http_200_is_a_refusal() {
    let desk = Desk::in_world("location-refused");
    on_writes(&FaultKind::ErrorIn200).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    let ran = desk.apply(&["partner", "-v"]).exits(1);
    assert!(ran.err().contains("40166411"), "{}", ran.err());
    assert!(ran.json()["changes"].as_array().is_some_and(|all| all.iter().all(|c| c["result"] != "written")));
}

#[test]
fn no_export_url_is_written_for_a_host_that_is_no_illiad() {
    let kinds = [FaultKind::Hang, FaultKind::Html, FaultKind::Status { code: 404, body: BodyKind::Html }];
    in_parallel(&kinds, |kind| {
        let desk = Desk::in_world("drifted");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Illiad));
        let ran = desk.apply(&["parameters"]).exits(1);
        assert!(ran.err().contains("export URL"), "{kind:?}: {}", ran.err());
        assert!(desk.writes().is_empty(), "{kind:?}");
        // Values that do not contain that host may be written.
        desk.apply(&["partner"]).exits(4);
        assert_eq!(desk.writes().len(), 1, "{kind:?}");
    });
}

#[test]
fn nothing_is_written_where_the_record_cannot_be_read_again() {
    let desk = Desk::in_world("drifted");
    for nth in 2..9 {
        desk.sim.set_fault(on_read(nth, FaultKind::Truncated));
    }
    let ran = desk.apply(&["partner"]).exits(1);
    assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty(), "{}", ran.err());
}

/// Somebody edits the record after a write whose outcome was not seen. Undoing that write must not touch their edit.
#[test]
fn an_undo_never_takes_back_what_somebody_did_after_a_write_nobody_saw_end() {
    for world in ["drifted", "fresh"] {
        let desk = Desk::in_world(world);
        on_writes(&FaultKind::ServerErrorAfterWrite).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        for nth in 3..9 {
            desk.sim.set_fault(on_read(nth, FaultKind::Reset));
        }
        desk.apply(&["partner", "parameters"]).exits(1);
        desk.sim.clear_faults();
        desk.disturb("/partner_details/institution_code", json!("EDITED"));
        let edited = desk.record().to_string();
        let ran = desk.run(&["check", "partner", "parameters"]);
        let told = ran.err();
        assert!(told.contains("was applied. Not as sent: /partner_details/institution_code."), "{world}: {told}");
        let ran = desk.undo().exits(1);
        assert!(ran.err().contains("the record changed in Alma since that write"), "{world}: {}", ran.err());
        assert_eq!(desk.record().to_string(), edited, "{world}");
        assert_never_blind(&desk, world);
    }
}

/// The record counts, not Alma's answer: a write that was carried out and then reported as refused is done, and can be undone.
#[test]
fn a_write_carried_out_and_then_refused_is_done() {
    for code in [400, 403] {
        let desk = Desk::in_world("drifted");
        let before = desk.record().to_string();
        on_writes(&FaultKind::StatusAfterWrite(code)).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let ran = desk.apply(&["partner", "parameters"]).exits(4);
        assert!(ran.err().contains("but the record now contains what was sent"), "{code}: {}", ran.err());
        assert!(desk.journaled("write_ended")[0]["outcome"]["done"].is_string(), "{code}");
        assert_ne!(desk.record().to_string(), before, "{code}");
        desk.undo().exits(0);
        assert_eq!(
            desk.record().to_string(),
            before,
            "{code}: the undo, too, counts as done because the record shows it"
        );
    }
}

/// A write timed out, was read as not done, and takes effect later. Undo must revert this write and not an earlier one.
#[test]
fn a_write_that_arrives_late_is_found_and_taken_back_alone() {
    let desk = Desk::in_world("fresh");
    desk.apply(&["partner", "parameters"]).exits(4);
    let supply = "/partner_details/avg_supply_time";
    let created = desk.record();
    desk.disturb(supply, json!(3));
    let edited = desk.record().to_string();
    on_writes(&FaultKind::Reset).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    desk.apply(&["partner", "parameters"]).exits(1);
    assert!(desk.journaled("write_ended")[1]["outcome"]["not_seen"].is_string());
    desk.sim.clear_faults();
    // The late write takes effect.
    desk.disturb(supply, created.pointer(supply).cloned().unwrap_or_default());
    let ran = desk.run(&["check", "partner", "parameters"]);
    let told = ran.err();
    assert!(
        told.contains("An earlier write reported as not applied (") && told.contains(") has in fact been applied."),
        "{told}"
    );
    desk.undo().exits(0);
    assert_eq!(desk.record().to_string(), edited, "the partner is still there, as it was before the late write");
}

/// Somebody edits the record while a write fails. The edit must not be mistaken for the write, and undo must not erase it.
#[test]
fn an_edit_during_a_write_that_failed_is_not_taken_for_the_write() {
    let desk = Desk::in_world("drifted");
    on_writes(&FaultKind::Hang).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    let running = desk.start(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]);
    wait_for("the write", || !desk.writes().is_empty());
    desk.disturb("/partner_details/institution_code", json!("EDITED"));
    let edited = desk.record().to_string();
    let ran = running.end().exits(1);
    desk.sim.clear_faults();
    assert!(ran.err().contains("matches neither what it was before nor what was sent"), "{}", ran.err());
    assert!(desk.journaled("write_ended")[0]["outcome"]["unknown"].is_string(), "{:?}", desk.journal());
    let ran = desk.undo().exits(1);
    assert!(
        ran.err().contains("the outcome of an earlier write is unknown") && ran.err().contains("next: "),
        "{}",
        ran.err()
    );
    assert_eq!(desk.record().to_string(), edited);
}

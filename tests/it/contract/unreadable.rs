//! A write that Alma answers with a success that says nothing: it is read, and is done or not shown yet, but never failed.
use crate::harness::{Desk, PARTNER_PATH, in_parallel};
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use serde_json::{Value, json};

const NOT_SHOWN: &str = "sent, but Alma does not show it yet";

fn on_writes(kind: &FaultKind) -> Vec<Fault> {
    let of = |method| Fault::new(kind.clone()).server(LoggedServer::Alma).method(method);
    vec![of("PUT").path(PARTNER_PATH), of("POST").path("/almaws/v1/partners")]
}

#[test]
fn a_success_that_says_nothing_is_not_shown_yet_until_a_read_shows_it() {
    let kinds = [
        FaultKind::EmptyAfterWrite,
        FaultKind::TextAfterWrite,
        FaultKind::HalfBody,
        FaultKind::InvalidUtf8,
        FaultKind::Truncated,
    ];
    let cases: Vec<_> =
        kinds.into_iter().flat_map(|kind| ["drifted", "fresh"].map(|world| (kind.clone(), world))).collect();
    in_parallel(&cases, |(kind, world)| {
        let context = format!("{world}, {kind:?}");
        let late = format!("sentence = \"x.\"\nbased_on = \"{world}\"\n[alma]\nlate_reads = 2\n");
        let desk = Desk::in_world_of(&late);
        on_writes(kind).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let ran = desk.apply(&["partner", "parameters"]).exits(1);
        assert!(ran.err().contains(NOT_SHOWN), "{context}: {}", ran.err());
        let changes = ran.json()["changes"].as_array().cloned().unwrap_or_default();
        let sent: Vec<&Value> = changes.iter().filter(|change| change["unknown"] == NOT_SHOWN).collect();
        assert!(sent.len() >= 9, "{context}: {changes:?}");
        let ended = desk.journaled("write_ended");
        assert!(ended.len() == 1 && ended[0]["outcome"]["unknown"].is_string(), "{context}: {ended:?}");
        desk.run(&["check", "partner"]);
        let settled = desk.run(&["check", "partner"]);
        assert!(settled.err().contains(") was applied."), "{context}: {}", settled.err());
        assert_eq!(desk.writes().len(), 1, "{context}: sent once");
    });
}

/// Nothing was done, and nobody can know: a later read still does not show it, and it may be applied again.
#[test]
fn what_stays_unshown_may_be_applied_again() {
    for world in ["drifted", "fresh"] {
        let desk = Desk::in_world(world);
        on_writes(&FaultKind::Empty).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let ran = desk.apply(&["partner", "parameters"]).exits(1);
        assert!(ran.err().contains(NOT_SHOWN), "{world}: {}", ran.err());
        let still = desk.run(&["check", "partner"]);
        assert!(still.err().contains("if nothing changes, apply again"), "{world}: {}", still.err());
        desk.sim.clear_faults();
        desk.apply(&["partner", "parameters"]).exits(4);
        assert_eq!(desk.writes().len(), 2, "{world}");
        assert!(desk.journaled("write_ended").iter().any(|end| end["outcome"]["done"].is_string()), "{world}");
    }
}

#[test]
fn an_undo_answered_with_nothing_is_not_shown_yet() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner", "parameters"]).exits(4);
    on_writes(&FaultKind::Empty).into_iter().for_each(|fault| desk.sim.set_fault(fault));
    let ran = desk.undo().exits(1);
    assert!(ran.err().contains(NOT_SHOWN), "{}", ran.err());
}

/// Whatever a mask is made of and wherever it is, it is not sent back: it would overwrite the value behind it.
#[test]
fn a_mask_of_any_kind_is_not_sent_back() {
    let masks = [
        "########",
        "<hidden>",
        "[masked]",
        "\u{ff0a}\u{ff0a}\u{ff0a}\u{ff0a}",
        "abc***def",
        "l8xx####1234",
        "l8xx....1234",
    ];
    in_parallel(&masks, |mask| {
        let desk = Desk::in_world("drifted");
        desk.disturb("/partner_details/profile_details/ncip_details/transfer_server", json!(mask));
        let ran = desk.apply(&["partner", "parameters"]).exits(4);
        assert!(ran.out().contains("masked") && desk.writes().is_empty(), "{mask}: {}", ran.out());
    });
}

#[test]
fn what_only_adorns_a_note_is_sent_back() {
    let notes = [
        "-----",
        "Loans ... and more",
        "=== ILL ===",
        "*** Ask the ILL office first ***",
        "Main desk (hidden entrance)",
    ];
    in_parallel(&notes, |note| {
        let desk = Desk::in_world("drifted");
        desk.disturb("/partner_details/profile_details/ncip_details/transfer_server", json!(note));
        desk.apply(&["partner", "parameters"]).exits(4);
        let kept = desk.record().pointer("/partner_details/profile_details/ncip_details/transfer_server").cloned();
        assert_eq!((desk.writes().len(), kept), (1, Some(json!(note))), "{note}");
    });
}

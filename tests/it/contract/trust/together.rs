//! Several runs at the same time.
use super::{assert_never_blind, on_writes};
use crate::harness::{Desk, wait_for};
use last_resort::sim::FaultKind;

const APPLY: [&str; 5] = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC"];

fn slow_write(desk: &Desk, milliseconds: u64) {
    on_writes(&FaultKind::Delay(milliseconds)).into_iter().for_each(|fault| desk.sim.set_fault(fault));
}

#[test]
fn a_second_apply_waits_or_says_who_is_writing() {
    for (delay, waits) in [(500, true), (5000, false)] {
        let desk = Desk::in_world("drifted");
        slow_write(&desk, delay);
        let first = desk.start(&APPLY);
        wait_for("the write", || !desk.writes().is_empty());
        let second = desk.run(&APPLY);
        if waits {
            // On a slow machine the second run may also have given up waiting.
            assert!(matches!(second.code, Some(1 | 4)), "{}", second.err());
        } else {
            assert_eq!(second.code, Some(1), "{}", second.err());
            assert!(second.err().contains("another last-resort (process"), "{}", second.err());
            let told = desk.run(&[&APPLY[..], &["--json"]].concat()).exits(1).json();
            let results = told["changes"].as_array().expect("changes").iter().map(|change| &change["result"]);
            assert!(results.clone().any(|result| result == "refused"), "{told}");
            assert!(results.clone().all(|result| result == "refused" || result == "by_hand"), "{told}");
        }
        first.end().exits(4);
        assert_eq!(desk.writes().len(), 1, "exactly one write");
        assert_never_blind(&desk, "together");
    }
}

#[test]
fn two_at_the_very_same_time_write_once() {
    for _ in 0..4 {
        let desk = Desk::in_world("drifted");
        let both = [desk.start(&APPLY), desk.start(&APPLY)];
        let codes = both.map(|running| running.end().code);
        assert!(codes.contains(&Some(4)) && codes.iter().all(|code| matches!(code, Some(1 | 4))), "{codes:?}");
        assert_eq!(desk.writes().len(), 1, "{codes:?}");
    }
}

#[test]
fn a_check_meanwhile_does_not_judge_a_write_that_is_on_its_way() {
    let desk = Desk::in_world("drifted");
    let before = desk.record().to_string();
    // The write takes effect only after the check has ended, so the check must not settle it.
    slow_write(&desk, 4000);
    let running = desk.start(&APPLY);
    wait_for("the write", || !desk.writes().is_empty());
    let check = desk.run(&["check", "partner"]).exits(3);
    assert!(check.err().contains("Another last-resort process is writing"), "{}", check.err());
    assert!(desk.journaled("write_ended").is_empty(), "{:?}", desk.journal());
    running.end().exits(4);
    assert_eq!(desk.journaled("write_ended").len(), 1);
    desk.undo().exits(0);
    assert_eq!(desk.record().to_string(), before);
}

#[test]
fn many_checks_and_words_at_once_all_stand_in_the_journal() {
    let desk = Desk::in_world("done");
    let keys = ["rota.code", "rota.name", "rota.type", "rota.status", "rota.member"];
    let running: Vec<_> =
        keys.iter().flat_map(|key| [desk.start(&["attest", key]), desk.start(&["check", "rota"])]).collect();
    for (at, one) in running.into_iter().enumerate() {
        let ran = one.end();
        assert!(matches!((at % 2, ran.code), (0, Some(0)) | (1, Some(0 | 4))), "{:?} {}", ran.code, ran.err());
    }
    assert_eq!((desk.journaled("attested").len(), desk.journaled("checked").len()), (5, 5));
    desk.run(&["check", "rota"]).exits(0);
}

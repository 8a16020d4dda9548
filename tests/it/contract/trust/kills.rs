//! `kill -9` and Ctrl-C at every point of a write: the next run reads the record to find out what happened.
use super::{assert_never_blind, on_read, on_writes};
use crate::harness::{Desk, PARTNER_PATH, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind};
use serde_json::Value;

/// Long enough that the request never completes by itself.
const NEVER: FaultKind = FaultKind::Delay(60_000);

/// The point at which a run is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// While waiting for the first read.
    Planning,
    /// While waiting for the read just before the write.
    BeforeWrite,
    /// The write was sent and Alma did not carry it out.
    WriteLost,
    /// The write was carried out, but no answer came.
    WriteDone,
    /// While waiting for the read after the write.
    ReadingBack,
}

const POINTS: [Point; 5] =
    [Point::Planning, Point::BeforeWrite, Point::WriteLost, Point::WriteDone, Point::ReadingBack];

/// Apply and undo read the partner once to plan, and once more just before they write.
const READS_BEFORE_WRITE: u32 = 2;

impl Point {
    fn carried_out(self) -> bool {
        matches!(self, Self::WriteDone | Self::ReadingBack)
    }

    /// Sets up the world so that a run of `args` stops at this point, starts it, and kills it there.
    fn kill(self, desk: &Desk, args: &[&str]) {
        let so_far = desk.writes().len();
        let before = desk.sim.partner("ILLiad");
        let reads = desk.count("GET", PARTNER_PATH);
        match self {
            Self::Planning => desk.sim.set_fault(on_read(1, NEVER)),
            Self::BeforeWrite => desk.sim.set_fault(on_read(READS_BEFORE_WRITE, NEVER)),
            Self::WriteLost => on_writes(&FaultKind::Hang).into_iter().for_each(|fault| desk.sim.set_fault(fault)),
            Self::WriteDone => {
                on_writes(&FaultKind::HangAfterWrite).into_iter().for_each(|fault| desk.sim.set_fault(fault));
            }
            Self::ReadingBack => desk.sim.set_fault(on_read(READS_BEFORE_WRITE + 1, NEVER)),
        }
        let running = desk.start(args);
        let read = |more: u32| desk.count("GET", PARTNER_PATH) >= reads + more as usize;
        match self {
            Self::Planning => wait_for("the first read", || read(1)),
            Self::BeforeWrite => wait_for("the read before the write", || read(READS_BEFORE_WRITE)),
            Self::WriteLost => wait_for("the write", || desk.writes().len() > so_far),
            Self::WriteDone => wait_for("the change", || desk.sim.partner("ILLiad") != before),
            Self::ReadingBack => wait_for("the read after the write", || read(READS_BEFORE_WRITE + 1)),
        }
        running.kill();
        desk.sim.clear_faults();
    }
}

fn stored(desk: &Desk) -> Option<String> {
    desk.sim.partner("ILLiad").map(|record| record.to_string())
}

const APPLY: [&str; 5] = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC"];

#[test]
fn an_apply_that_was_killed_is_settled_by_reading() {
    let cases: Vec<(&str, Point, &str)> = ["drifted", "fresh", "key-masked"]
        .iter()
        .flat_map(|world| POINTS.iter().flat_map(move |point| ["check", "apply"].map(|next| (*world, *point, next))))
        .collect();
    in_parallel(&cases, |(world, point, next)| {
        let context = format!("{world}, {point:?}, then {next}");
        let desk = Desk::in_world(world);
        let before = stored(&desk);
        point.kill(&desk, &APPLY);
        assert_eq!(stored(&desk) != before, point.carried_out(), "{context}");
        let begun = desk.journaled("write_begun").len();
        assert_eq!(begun, usize::from(!matches!(point, Point::Planning | Point::BeforeWrite)), "{context}");
        if *next == "check" {
            let told = desk.run(&["check", "partner", "parameters"]).exits(if point.carried_out() { 4 } else { 3 });
            if begun == 1 {
                let words = if point.carried_out() { ") was applied." } else { ") was not applied." };
                assert!(told.err().contains(words), "{context}: {}", told.err());
            }
            assert_eq!(desk.writes().len(), begun, "{context}: check writes nothing");
        }
        desk.apply(&["partner", "parameters"]).exits(4);
        let wanted = if *point == Point::WriteLost { 2 } else { 1 };
        assert_eq!(desk.writes().len(), wanted, "{context}");
        assert_never_blind(&desk, &context);
        assert_all_ended(&desk, &context);
        desk.run(&["check", "parameters"]).exits(0);
        desk.undo().exits(0);
        assert_eq!(stored(&desk), before, "{context}: undone");
    });
}

#[test]
fn an_undo_that_was_killed_is_settled_by_reading() {
    let cases: Vec<(&str, Point)> = ["drifted", "fresh"].iter().flat_map(|w| POINTS.map(|point| (*w, point))).collect();
    in_parallel(&cases, |(world, point)| {
        let context = format!("{world}, {point:?}");
        let desk = Desk::in_world(world);
        let before = stored(&desk);
        desk.apply(&["partner", "parameters"]).exits(4);
        point.kill(&desk, &["undo", "--confirm", "01CUNY_QC"]);
        assert_eq!(stored(&desk) == before, point.carried_out(), "{context}");
        let more = desk.undo();
        assert_eq!(more.code, Some(i32::from(point.carried_out())), "{context}: {}", more.err());
        assert_eq!(stored(&desk), before, "{context}");
        assert_never_blind(&desk, &context);
        assert_all_ended(&desk, &context);
    });
}

/// Fails unless the journal says how each write ended.
#[track_caller]
fn assert_all_ended(desk: &Desk, context: &str) {
    let ended: Vec<Value> = desk.journaled("write_ended").into_iter().map(|line| line["id"].clone()).collect();
    for begun in desk.journaled("write_begun") {
        assert!(ended.contains(&begun["id"]), "{context}: {begun}");
    }
}

/// Killed once the server has received `count` requests, for every possible count.
#[test]
fn killed_anywhere_nothing_is_lost() {
    let whole = Desk::in_world("drifted");
    whole.apply(&["partner", "parameters"]).exits(4);
    let requests = whole.sim.requests().len();
    let points: Vec<usize> = (1..=requests).collect();
    in_parallel(&points, |count| {
        let desk = Desk::in_world("drifted");
        // Slow enough that the kill comes close to the intended request.
        desk.sim.set_fault(Fault::new(FaultKind::Delay(20)));
        let before = desk.record().to_string();
        let running = desk.start(&APPLY);
        wait_for("that many requests", || desk.sim.requests().len() >= *count);
        running.kill();
        desk.sim.clear_faults();
        desk.apply(&["partner", "parameters"]).exits(4);
        assert!(desk.writes().len() <= 2, "{count}");
        assert_never_blind(&desk, &count.to_string());
        assert_all_ended(&desk, &count.to_string());
        desk.run(&["check", "parameters"]).exits(0);
        desk.undo().exits(0);
        assert_eq!(desk.record().to_string(), before, "{count}");
    });
}

#[test]
fn ctrl_c_lets_a_write_in_flight_finish_first() {
    for world in ["drifted", "fresh"] {
        let desk = Desk::in_world(world);
        on_writes(&FaultKind::Delay(1500)).into_iter().for_each(|fault| desk.sim.set_fault(fault));
        let running = desk.start(&APPLY);
        wait_for("the write", || !desk.writes().is_empty());
        running.interrupt();
        let ran = running.end().exits(130);
        let told = "Stopped by Ctrl-C. The pending write was finished and read back.";
        assert!(ran.err().contains(told), "{}", ran.err());
        assert!(desk.journaled("write_ended")[0]["outcome"]["done"].is_string(), "{world}: {:?}", desk.journal());
        desk.sim.clear_faults();
        desk.run(&["check", "parameters"]).exits(0);
        desk.undo().exits(0);
        assert_eq!(desk.writes().len(), 2);
    }
}

#[test]
fn ctrl_c_before_a_write_sends_none() {
    let desk = Desk::in_world("drifted");
    desk.sim.set_fault(on_read(2, NEVER));
    let running = desk.start(&APPLY);
    wait_for("the read before the write", || desk.count("GET", PARTNER_PATH) >= 2);
    running.interrupt();
    let ran = running.end().exits(130);
    assert!(!ran.err().contains("pending write"), "{}", ran.err());
    assert!(desk.writes().is_empty() && desk.journaled("write_begun").is_empty());

    let desk = Desk::in_world("done");
    desk.sim.set_fault(Fault::new(FaultKind::Hang));
    let running = desk.start(&["check"]);
    wait_for("a request", || !desk.sim.requests().is_empty());
    running.interrupt();
    running.end().exits(130);
}

//! A signal at every stage of a proof: what was made is cancelled or named, a stop is never journaled as wrong, the output stays whole
//! lines, and the exit code is the signal's.
use crate::harness::desk::{CAMPUS, is_write};
use crate::harness::{Desk, Ran, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use rustix::process::Signal;
use serde_json::Value;

const CREATE: &str = "/illiadwebplatform/Transaction";

const SIGNALS: [(Signal, i32); 7] = [
    (Signal::INT, 130),
    (Signal::TERM, 143),
    (Signal::HUP, 129),
    (Signal::QUIT, 131),
    (Signal::USR1, 138),
    (Signal::USR2, 140),
    (Signal::ALARM, 142),
];

/// A world where Alma builds rotas at once.
fn quick(world: &str) -> String {
    format!("sentence = \"x.\"\nbased_on = \"{world}\"\n[alma.rota]\ndelay_ms = 1\n")
}

fn tests_in_illiad(desk: &Desk) -> Vec<Value> {
    let ours = |one: &Value| one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST please cancel"));
    desk.sim.transactions().into_iter().filter(ours).collect()
}

#[track_caller]
fn assert_nothing_left(desk: &Desk, context: &str) {
    for one in tests_in_illiad(desk) {
        assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff", "{context}: {one}");
    }
    for one in desk.sim.alma_requests() {
        assert_eq!(one["status"]["value"], "DELETED", "{context}: {one}");
    }
}

/// Starts a proof, sends the signal once `at_the_stage`, and returns what it said. Each line of it is whole.
#[track_caller]
fn stopped(desk: &Desk, how: &[&str], signal: (Signal, i32), context: &str, at_the_stage: impl Fn() -> bool) -> Ran {
    let running = desk.start(&[&["prove", "--confirm", CAMPUS], how].concat());
    wait_for(context, at_the_stage);
    running.signal(signal.0);
    let ran = running.end_of_proof();
    assert_eq!(ran.code, Some(signal.1), "{context}: {}\n{}", ran.out(), ran.err());
    assert!(ran.err().ends_with('\n'), "{context}: {:?}", ran.err());
    assert_eq!(ran.err().matches("last-resort: ").count(), 1, "{context}: {}", ran.err());
    let last = ran.err().lines().rfind(|line| !line.starts_with("  next: ")).unwrap_or_default();
    assert!(last.starts_with("last-resort: Stopped"), "{context}: {}", ran.err());
    assert!(ran.out().is_empty() || ran.out().ends_with('\n'), "{context}: {:?}", ran.out());
    for proved in desk.journaled("proved") {
        assert_ne!(proved["shows"], "wrong", "{context}: {proved}");
    }
    ran
}

#[test]
fn before_anything_was_made_it_leaves_at_once_and_nothing_is_sent() {
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-ready");
        desk.sim.set_fault(Fault::new(FaultKind::Hang).server(LoggedServer::Illiad).method("GET"));
        let ran = stopped(&desk, &["--json"], *signal, "before", || !desk.sim.requests().is_empty());
        assert!(ran.out().is_empty() && !desk.sim.requests().iter().any(is_write), "{}", ran.out());
        assert!(desk.journaled("probe_begun").is_empty() && desk.journaled("proved").is_empty());
    });
}

#[test]
fn with_a_creation_on_its_way_what_it_made_is_cancelled_and_told() {
    let mut cases = Vec::new();
    for signal in SIGNALS.into_iter().take(3) {
        for nth in [1, 2] {
            cases.push((signal, nth, FaultKind::Delay(700)));
            cases.push((signal, nth, FaultKind::Status { code: 500, body: last_resort::sim::BodyKind::Json }));
        }
    }
    in_parallel(&cases, |(signal, nth, kind)| {
        let context = format!("creation {nth}, {kind:?}");
        let desk = Desk::in_world("probe-ready");
        let fault = Fault::new(kind.clone()).server(LoggedServer::Illiad).method("POST").path(CREATE);
        desk.sim.set_fault(fault.nth(*nth));
        let sent = || desk.count("POST", CREATE) >= *nth as usize;
        let told = stopped(&desk, &["--json"], *signal, &context, sent).json();
        assert_eq!(told["left"], serde_json::json!([]), "{context}: {told}");
        assert_nothing_left(&desk, &context);
        let made = told["made"].as_array().map_or(0, Vec::len);
        assert!(made >= tests_in_illiad(&desk).len(), "{context}: {told}");
    });
}

#[test]
fn while_it_watches_it_tells_that_nothing_was_seen_to_the_end() {
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-routing-off");
        let ran = stopped(&desk, &[], *signal, "watching", || desk.journaled("probe_seen").len() == 2);
        assert!(ran.out().starts_with("WAITING  Test request 41000"), "{}", ran.out());
        assert_eq!(ran.out().matches("read back: Cancelled by ILL Staff").count(), 2, "{}", ran.out());
        assert_nothing_left(&desk, "watching");
        assert_eq!(desk.journaled("proved").len(), 1);
    });
}

/// A rule that catches everything is seen at the first look, which the stop does not wait for.
#[test]
fn while_it_watches_what_the_rule_had_no_time_for_is_not_wrong() {
    for world in ["probe-ready", "probe-other-queue", "probe-other-spelling", "routing-later"] {
        let desk = Desk::in_world(world);
        let ran = stopped(&desk, &["--anyway"], SIGNALS[0], world, || desk.journaled("probe_begun").len() == 2);
        assert!(!ran.out().starts_with("WRONG") && !ran.out().is_empty(), "{world}: {}", ran.out());
        assert_nothing_left(&desk, world);
    }
}

#[test]
fn while_it_cancels_it_goes_on_to_the_end_and_tells_the_verdict() {
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-ready");
        desk.sim.set_fault(Fault::new(FaultKind::Delay(500)).server(LoggedServer::Illiad).method("PUT"));
        let cancelling = || desk.sim.requests().iter().any(|seen| seen.method == "PUT");
        let told = stopped(&desk, &["--json"], *signal, "cancelling", cancelling).json();
        assert_eq!((&told["verdict"], &told["left"]), (&"proved".into(), &serde_json::json!([])), "{told}");
        assert_eq!(desk.journaled("proved")[0]["shows"], "proved");
        assert_nothing_left(&desk, "cancelling");
    });
}

/// The last read of a proof is the one for its report.
#[test]
fn while_it_reports_the_report_is_whole() {
    let whole = Desk::in_world("probe-ready");
    whole.start(&["prove", "--confirm", CAMPUS, "--json"]).end_of_proof().exits(0);
    let requests = whole.sim.requests();
    let last = requests.last().expect("requests").clone();
    let nth = requests.iter().filter(|seen| seen.method == last.method && seen.path == last.path).count();
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-ready");
        let fault = Fault::new(FaultKind::Delay(700)).server(last.server).method(&last.method).path(&last.path);
        desk.sim.set_fault(fault.nth(u32::try_from(nth).expect("a number")));
        let reporting = || desk.count(&last.method, &last.path) == nth;
        let told = stopped(&desk, &["--json"], *signal, "reporting", reporting).json();
        assert_eq!((&told["verdict"], &told["outcome"]), (&"proved".into(), &"routed".into()), "{told}");
    });
}

#[test]
fn what_could_not_be_cancelled_is_named_with_its_number() {
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-cancel-fails");
        let ran = stopped(&desk, &[], *signal, "watching", || desk.journaled("probe_seen").len() == 2);
        for number in ["410002", "410003"] {
            assert!(ran.out().contains(&format!("{number} in ILLiad: NOT CANCELLED")), "{}", ran.out());
        }
    });
}

/// A chain that is stopped has not been waited for, so nothing of it is wrong.
#[test]
fn a_chain_that_is_stopped_is_not_wrong() {
    let cases = ["chain-not-exported", "chain-rule-disabled", "probe-ready", "chain-slow-rota"];
    let cases: Vec<_> = cases.into_iter().zip(SIGNALS.into_iter().cycle()).collect();
    in_parallel(&cases, |(world, signal)| {
        let desk = Desk::in_world_of(&quick(world));
        let made = || !desk.journaled("probe_seen").is_empty();
        let told = stopped(&desk, &["--chain", "--json"], *signal, world, made).json();
        assert_eq!((&told["half"], &told["left"]), (&"chain".into(), &serde_json::json!([])), "{world}: {told}");
        assert_nothing_left(&desk, world);
    });
}

#[test]
fn while_it_cleans_up_it_tells_what_became_of_it() {
    in_parallel(&SIGNALS, |signal| {
        let desk = Desk::in_world("probe-cancel-fails");
        desk.start(&["prove", "--confirm", CAMPUS]).end_of_proof().exits(1);
        desk.sim.clear_faults();
        let puts = || desk.sim.requests().iter().filter(|seen| seen.method == "PUT").count();
        let before = puts();
        desk.sim.set_fault(Fault::new(FaultKind::Delay(500)).server(LoggedServer::Illiad).method("PUT"));
        let told = stopped(&desk, &["--clean", "--json"], *signal, "cleaning", || puts() > before).json();
        assert_eq!((&told["verdict"], &told["left"]), (&"clean".into(), &serde_json::json!([])), "{told}");
        assert_nothing_left(&desk, "cleaning");
    });
}

/// A second Ctrl-C does not wait for the cancelling. What is left is named, and `--clean` cancels it.
#[test]
fn who_stops_it_twice_is_told_what_is_left_and_how_to_cancel_it() {
    in_parallel(&[(Signal::INT, 130), (Signal::TERM, 143)], |(signal, code)| {
        let desk = Desk::in_world("probe-cancel-fails");
        let running = desk.start(&["prove", "--confirm", CAMPUS]);
        wait_for("watching", || desk.journaled("probe_seen").len() == 2);
        running.signal(Signal::INT);
        let puts = || desk.sim.requests().iter().filter(|seen| seen.method == "PUT").count();
        wait_for("the second round of cancelling", || puts() >= 2);
        running.signal(*signal);
        let ran = running.end_of_proof().exits(*code);
        assert!(puts() < 6, "it does not wait for every round: {}", ran.err());
        assert_eq!(ran.out(), "", "nothing is told that was not seen");
        let left = "Not confirmed as cancelled: test request (ILLiad 410002) and control request (ILLiad 410003).";
        assert!(ran.err().contains(left) && ran.err().contains("prove --clean --campus"), "{}", ran.err());
        assert_eq!(desk.journaled("probe_begun").len(), 2, "each line of the journal is whole");
        desk.sim.clear_faults();
        desk.start(&["prove", "--clean", "--confirm", CAMPUS]).end_of_proof().exits(0);
        assert_nothing_left(&desk, "cleaned");
    });
}

/// A closed terminal sends more than one hang-up.
#[test]
fn a_second_hang_up_is_no_second_wish() {
    let desk = Desk::in_world("probe-ready");
    desk.sim.set_fault(Fault::new(FaultKind::Delay(500)).server(LoggedServer::Illiad).method("PUT"));
    let running = desk.start(&["prove", "--confirm", CAMPUS]);
    wait_for("watching", || desk.journaled("probe_begun").len() == 2);
    running.signal(Signal::HUP);
    let cancelled = || tests_in_illiad(&desk).iter().any(|one| one["TransactionStatus"] == "Cancelled by ILL Staff");
    wait_for("one cancelled", cancelled);
    running.signal(Signal::HUP);
    running.end_of_proof().exits(129);
    assert_nothing_left(&desk, "hung up twice");
}

#[test]
fn every_signal_ends_every_command_with_its_code_and_a_write_is_finished_first() {
    in_parallel(&SIGNALS, |(signal, code)| {
        for command in ["check", "plan", "patrons", "golive"] {
            let desk = Desk::in_world("done");
            desk.sim.set_fault(Fault::new(FaultKind::Hang).method("GET"));
            let running = desk.start(&[command]);
            wait_for(command, || !desk.sim.requests().is_empty());
            running.signal(*signal);
            let ran = running.end().exits(*code);
            assert!(ran.out().is_empty() && ran.err().contains("last-resort: Stopped"), "{command}: {}", ran.err());
        }
        let desk = Desk::in_world("drifted");
        desk.sim.set_fault(Fault::new(FaultKind::Delay(400)).server(LoggedServer::Alma).method("PUT"));
        let running = desk.start(&["apply", "partner", "parameters", "--confirm", CAMPUS]);
        wait_for("the write", || desk.sim.requests().iter().any(is_write));
        running.signal(*signal);
        let ran = running.end().exits(*code);
        assert!(ran.err().contains("The pending write was finished and read back."), "{}", ran.err());
        assert!(ran.err().contains("Stopping. The write under way is finished first."), "{}", ran.err());
    });
}

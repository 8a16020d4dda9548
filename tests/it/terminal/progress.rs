//! The progress bar of a long command: drawn if standard error is a terminal, and gone when the command exits.
use crate::harness::pty::RUN;
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use last_resort::sim::{Fault, FaultKind, Running};
use rustix::process::Signal;

/// Runs a forecast for the sample patrons and these ids in a terminal.
fn forecast(sim: &Running, ids: &[&str]) -> Terminal {
    let home = simulator::home(sim);
    Terminal::in_home(home, RUN, &[&[PROGRAM, "patrons"], ids].concat(), &simulator::keys(sim))
}

fn served() -> Running {
    simulator::start(simulator::embedded("many-patrons"))
}

#[test]
fn the_bar_shows_how_far_it_is_and_leaves_nothing() {
    let sim = served();
    let slow = Fault::new(FaultKind::Hang).path("/almaws/v1/users/20000040");
    sim.set_fault(slow);
    let desk = forecast(&sim, &["20000001", "20000007", "20000040"]);
    desk.pty.wait_for("[####################..........] 2 of 3 people read");
    // The program retries once after the time-out.
    sim.clear_faults();
    let text = desk.has_left(0);
    assert!(!text.contains("people read"), "{text}");
    assert!(text.contains("\n2 of 3 people are not in ILLiad yet"), "{text}");
}

#[test]
fn a_command_that_waits_counts_down_and_leaves_nothing() {
    let sim = served();
    sim.set_fault(Fault::new(FaultKind::Hang).path("/almaws/v1/conf/general"));
    let desk = Terminal::in_home(simulator::home(&sim), RUN, &[PROGRAM, "check", "connect"], &simulator::keys(&sim));
    desk.pty.wait_for("Reading Alma and ILLiad, at most 28 s more");
    sim.clear_faults();
    let text = desk.has_left(0);
    assert!(!text.contains("Reading Alma"), "{text}");
}

#[test]
fn an_interrupt_takes_the_bar_away() {
    let sim = served();
    sim.set_fault(Fault::new(FaultKind::Hang).path("/almaws/v1/users/20000040"));
    let desk = forecast(&sim, &["20000001", "20000040"]);
    desk.pty.wait_for("1 of 2 people read");
    desk.signal(Signal::INT);
    let text = desk.has_left(130);
    assert!(text.contains("last-resort: Stopped by Ctrl-C.") && !text.contains("people read"), "{text}");
}

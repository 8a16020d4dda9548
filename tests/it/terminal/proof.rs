//! A proof in the wizard on a served world: running, stopped by Esc, and stopped by a signal. Nothing is left in ILLiad.
use crate::harness::pty::RUN;
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use last_resort::sim::Running;
use rustix::process::Signal;

/// A served world, and the wizard at the step `prove` with both test requests made.
struct Proof {
    desk: Terminal,
    sim: Running,
}

impl Proof {
    fn begun(world: &str) -> Self {
        let sim = simulator::start(simulator::embedded(world));
        let home = simulator::home_with(
            &sim,
            "
[patrons]
sample = [\"10000001\"]
",
        );
        let mut desk = Terminal::in_home(home, RUN, &[PROGRAM, "--step", "prove"], &simulator::keys(&sim));
        desk.settled();
        desk.press("\r");
        desk.consent();
        desk.pty.type_keys("\r");
        desk.pty.wait_for("control request: 410003 is in");
        Self { desk, sim }
    }

    #[track_caller]
    fn assert_nothing_left(&self) {
        let tests: Vec<_> = self
            .sim
            .transactions()
            .into_iter()
            .filter(|one| one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST")))
            .collect();
        assert_eq!(tests.len(), 2);
        for one in tests {
            assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff");
        }
    }
}

#[test]
fn it_ends_with_the_verdict_and_the_step_shows_it() {
    let mut proof = Proof::begun("probe-ready");
    proof.desk.pty.wait_for("Proved: ILLiad's routing");
    proof.assert_nothing_left();
    assert!(proof.desk.press("\r").contains("proved"));
}

#[test]
fn esc_ends_the_watch_and_cancels() {
    let mut proof = Proof::begun("probe-routing-off");
    proof.desk.pty.type_keys("\x1b");
    proof.desk.pty.wait_for("Not proved yet");
    proof.assert_nothing_left();
}

#[test]
fn a_signal_or_ctrl_c_leaves_once_it_is_cancelled() {
    let mut proof = Proof::begun("probe-routing-off");
    proof.desk.pty.type_keys("\x03");
    proof.desk.has_left(130);
    proof.assert_nothing_left();
    for (signal, code) in [(Signal::QUIT, 131), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::ALARM, 142)] {
        let proof = Proof::begun("probe-routing-off");
        proof.desk.signal(signal);
        proof.desk.has_left(code);
        proof.assert_nothing_left();
    }
}

/// A second Ctrl-C does not wait for the cancelling. What is left is named, with the command that cancels it.
#[test]
fn a_second_ctrl_c_leaves_at_once_and_names_what_is_left() {
    let mut proof = Proof::begun("probe-cancel-fails");
    proof.desk.pty.type_keys("\x03");
    proof.desk.pty.wait_for("Ctrl-C again quits at once");
    proof.desk.pty.type_keys("\x03");
    let shown = proof.desk.has_left(130);
    assert!(shown.contains("Not confirmed as cancelled: test request (ILLiad 410002)"), "{shown}");
    assert!(shown.contains("last-resort prove --clean"), "{shown}");
}

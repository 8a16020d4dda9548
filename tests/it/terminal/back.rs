//! After a dropped connection, the next start says where the work stopped, reads everything again, and restores what was typed.
use crate::harness::files;
use crate::harness::simulator;
use crate::harness::terminal::Terminal;
use crate::terminal::local;
use last_resort::sim::Running;
use rstest::rstest;
use rustix::process::Signal;
use tempfile::TempDir;

fn drifted() -> Running {
    simulator::start_text("sentence = \"Drifted.\"\nbased_on = \"drifted\"\n")
}

/// Returns the home once the program has exited.
fn home_of(desk: Terminal) -> TempDir {
    let Terminal { pty, home, .. } = desk;
    drop(pty);
    home
}

/// The screen the person is on when the connection drops.
#[rstest]
#[case::steps("", "✗ Parameters")]
#[case::help("?", "Enter back")]
#[case::plan("\r", "Plan for Parameters")]
#[case::summary("\t\t\t\t\t", "Summary")]
fn from_any_screen(#[case] keys: &str, #[case] words: &str) {
    let sim = drifted();
    let mut desk = local::wizard_on(&sim, "parameters");
    desk.settled();
    desk.pty.type_keys(keys);
    desk.pty.wait_for(words);
    desk.signal(Signal::HUP);
    desk.has_left(129);
    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    desk.pty.wait_for("Back at ");
    let back = desk.settled();
    assert!(back.contains(": read again.") && !back.contains("Back at Connect"), "{back}");
    assert!(!back.contains("Interrupted"), "the note goes once everything was read:\n{back}");
    desk.pty.type_keys("q");
    desk.has_left(0);

    // After everything was read again, the notice does not come back. The place does.
    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    let later = desk.settled();
    assert!(later.contains(", where you left.") && !later.contains("Interrupted"), "{later}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// A remark and a value that were typed but not sent are restored; a key typed among them is not.
#[test]
fn what_was_typed_is_there_again() {
    let sim = drifted();
    let key = sim.keys().alma.clone();
    let mut desk = local::wizard_on(&sim, "rota");
    desk.settled();
    desk.press("p");
    desk.enter("ILLiad rota", "ILLiad rota");
    desk.press("\x1b");
    desk.press("a");
    desk.enter("seen with Ada", "seen with Ada");
    desk.signal(Signal::TERM);
    desk.has_left(143);

    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    let back = desk.pty.wait_for("Back at Rota template");
    assert!(back.contains("text kept"), "{back}");
    desk.settled();
    assert!(desk.press("a").contains("seen with Ada"));
    desk.press("\x1b");
    assert!(desk.press("p").contains("ILLiad rota"));
    desk.press("\x15");
    desk.pty.type_keys(&key);
    desk.pty.wait_for(&"*".repeat(key.len()));
    desk.signal(Signal::HUP);
    desk.has_left(129);
    for (path, bytes) in files(desk.home.path()) {
        assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()), "a key is in {path}");
    }
}

/// The value that is selected, as its line shows it.
fn selected(screen: &str) -> String {
    let lines =
        screen.lines().filter_map(|line| line.rsplit_once('▸')).filter(|(before, _)| before.chars().count() > 20);
    lines.map(|(_, value)| value.trim().to_owned()).next().unwrap_or_else(|| panic!("nothing is selected:\n{screen}"))
}

/// However somebody leaves, the next start is at the step and the value that they left.
#[rstest]
#[case::quit(Some("q"), Signal::HUP, 0)]
#[case::ctrl_c(Some("\x03"), Signal::HUP, 130)]
#[case::hang_up(None, Signal::HUP, 129)]
#[case::terminate(None, Signal::TERM, 143)]
fn whoever_comes_back_is_where_they_left(#[case] key: Option<&str>, #[case] signal: Signal, #[case] code: u8) {
    let sim = drifted();
    let mut desk = local::wizard_on(&sim, "parameters");
    desk.settled();
    desk.press("j");
    let left = selected(&desk.press("j"));
    match key {
        Some(key) => desk.pty.type_keys(key),
        None => desk.signal(signal),
    }
    desk.has_left(code);
    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    desk.pty.wait_for("Back at Parameters");
    let later = desk.settled();
    assert!(later.contains("│ ✗ Parameters"), "{later}");
    assert_eq!(selected(&later), left, "{later}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

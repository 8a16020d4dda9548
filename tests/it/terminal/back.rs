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
#[case::plan("\r", "Enter write")]
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
    desk.pty.wait_for("Interrupted at ");
    let back = desk.settled();
    assert!(back.contains(". Reading again.") && !back.contains("Interrupted at Connect"), "{back}");
    desk.pty.type_keys("q");
    desk.has_left(0);

    // After everything was read again, the notice does not come back.
    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    let later = desk.settled();
    assert!(later.contains("│ ✓ Connect") && !later.contains("Broken off"), "{later}");
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
    let back = desk.pty.wait_for("Interrupted at Rota template");
    assert!(back.contains(", text kept. Reading again."), "{back}");
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

/// Ctrl-C and `q` are normal exits, so there is nothing to announce.
#[rstest]
#[case::quit("q", 0)]
#[case::ctrl_c("\x03", 130)]
fn an_end_is_no_break(#[case] key: &str, #[case] code: u8) {
    let sim = drifted();
    let mut desk = local::wizard_on(&sim, "parameters");
    desk.settled();
    desk.pty.type_keys(key);
    desk.has_left(code);
    let mut desk = local::wizard_in(home_of(desk), &sim, &[]);
    let later = desk.settled();
    assert!(!later.contains("Broken off"), "{later}");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

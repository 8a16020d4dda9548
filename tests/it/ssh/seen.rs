//! Over a working connection the wizard behaves as in a local terminal.
use crate::harness::terminal::PROGRAM;
use crate::ssh::host::Host;
use crate::ssh::line::{Remote, furnish, run_on};
use rstest::rstest;
use tempfile::TempDir;

/// Starts the wizard on a practice world at the far end and waits until it has read everything.
fn practice(host: &Host, world: &str, more: &[&str]) -> crate::harness::terminal::Terminal {
    let home = TempDir::new().expect("a home");
    furnish(home.path(), &[]);
    let mut desk = run_on(host, home, &[&[PROGRAM, "practice", "--world", world], more].concat());
    if !more.contains(&"--step") {
        desk.begin();
        desk.pty.wait_for("Enter next step");
    }
    desk.settled();
    desk
}

#[rstest]
#[case::quit("q", 0)]
#[case::ctrl_c("\x03", 130)]
fn the_terminal_is_given_back_and_the_exit_code_comes_through(#[case] key: &str, #[case] code: u8) {
    let host = Host::start();
    let mut desk = practice(&host, "done", &[]);
    desk.pty.type_keys(key);
    let text = desk.has_left(code);
    assert_eq!(text.trim(), format!("[left with {code}]"), "nothing else is left on the screen");
}

#[test]
fn keys_arrows_pastes_and_the_environment_over_the_line() {
    let host = Host::start();
    let mut desk = practice(&host, "drifted", &["--step", "parameters"]);
    let first = desk.pty.text();
    assert!(first.contains("PRACTICE") && first.contains("│ ✗ Parameters"), "{first}");
    let moved = desk.press("\x1b[B");
    assert_ne!(moved, first, "an arrow moves");
    desk.press("\x1b[A");
    let plan = desk.press("\r");
    assert!(plan.contains("Enter read on"), "{plan}");
    desk.enter("\x1b[200~01CUNY_QC\n\x1b[201~", "SANDBOX: 01CUNY_QC");
    let after = desk.pty.text();
    assert!(after.contains("Enter read on"), "a paste submits nothing:\n{after}");
    let remote = Remote::of(desk.home.path());
    desk.pty.type_keys("\x03");
    desk.has_left(130);
    remote.has_ended();
}

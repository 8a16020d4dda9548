//! tmux at the far end: the wizard survives a dropped connection, and copies can reach the terminal outside tmux.
use crate::harness::pty::{RUN, text};
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal};
use crate::ssh::host::Host;
use crate::ssh::line::{furnish, login_to};
use rstest::rstest;
use rustix::process::Signal;
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The name of the tmux server's socket, below the home.
const SOCKET: &str = "w";

/// A tmux server for one test, in a prepared home; it is stopped on drop.
struct Tmux {
    home: TempDir,
}

impl Tmux {
    /// Prepares tmux with these settings, without a status line and without the user's own tmux.conf.
    fn with(home: TempDir, settings: &str) -> Self {
        fs::write(home.path().join("tmux.conf"), format!("set -g status off\n{settings}")).expect("written");
        Self { home }
    }

    /// Logs in and starts a session that runs this command, or attaches to the session that is already there.
    fn open(&self, host: &Host, command: &[&str]) -> Terminal {
        let settings = self.home.path().join("tmux.conf").display().to_string();
        let start = ["tmux", "-L", SOCKET, "-f", &settings, "new-session", "-A", "-s", "wizard"];
        let login = login_to(host, self.home.path(), &[&start, command].concat());
        Terminal::in_home(TempDir::new().expect("a home"), RUN, &login, &[])
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let mut end = Command::new("tmux");
        end.args(["-L", SOCKET, "kill-server"]).env("TMUX_TMPDIR", self.home.path()).stderr(Stdio::null());
        // If the command has ended, its tmux server has ended too.
        let _ = end.status();
    }
}

/// The connection drops and tmux keeps running. After attaching again, the screen is complete, the typed text is still
/// there, and the result of the write that finished meanwhile is shown.
#[test]
fn attached_again_everything_is_there() {
    let host = Host::start();
    let sim = simulator::start_text(crate::ssh::dropped::SLOW_WRITES);
    let home = simulator::home(&sim);
    furnish(home.path(), &simulator::keys(&sim));
    let tmux = Tmux::with(home, "");
    let command = [PROGRAM, "--step", "parameters"];
    let mut desk = tmux.open(&host, &command);
    desk.settled();
    desk.plan();
    let typed = desk.enter("01CUNY", "SANDBOX: 01CUNY");
    break_off(desk);

    let mut desk = tmux.open(&host, &command);
    desk.pty.wait_until("the screen again", |screen| text(screen) == typed);
    let screen = desk.enter("_QC", "SANDBOX: 01CUNY_QC");
    desk.read_on(screen);
    desk.pty.type_keys("\r");
    desk.pty.wait_until("being written", |screen| text(screen).contains("Writing 6 values to SANDBOX"));
    break_off(desk);

    let mut desk = tmux.open(&host, &command);
    let ended = desk.pty.wait_for("Enter continue");
    assert!(ended.contains("✓ written  URL"), "{ended}");
    assert_eq!(sim.requests().into_iter().filter(|seen| seen.method == "PUT").count(), 1);
    desk.press("\r");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// Kills the ssh client and closes its terminal.
fn break_off(desk: Terminal) {
    desk.signal(Signal::KILL);
    drop(desk);
}

/// The text `ILLiad`, encoded as OSC 52 sends it.
const CODED: &str = "SUxMaWFk";

/// The program sees a UTF-8 locale inside tmux; only tmux knows which characters the terminal outside can show.
#[rstest]
#[case::utf8("C.UTF-8", "✓ Code")]
#[case::not_utf8("C", "+ Code")]
fn symbols_are_those_of_the_terminal_outside(#[case] outside: &str, #[case] code: &str) {
    let home = TempDir::new().expect("a home");
    let tmux = Tmux::with(home, "");
    let settings = tmux.home.path().join("tmux.conf").display().to_string();
    let place = tmux.home.path().display().to_string();
    let inside = ["env", "LANG=C.UTF-8", PROGRAM, "practice", "--world", "done", "--step", "partner"];
    let start = [&["tmux", "-L", SOCKET, "-f", settings.as_str(), "new-session"][..], &inside].concat();
    let env = [("LANG", outside), ("TMUX_TMPDIR", place.as_str())];
    let mut desk = Terminal::in_home(TempDir::new().expect("a home"), RUN, &start, &env);
    let shown = desk.pty.wait_for(code);
    assert!(!shown.contains("__"), "{shown}");
    desk.pty.wait_for("q quit");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// If tmux accepts the plain sequence or passes the wrapped one through, the text reaches the terminal outside. By
/// default it does neither. The message is the same either way: it never claims that the copy arrived.
#[rstest]
#[case::tmux_takes_it("set -g set-clipboard on\nset -g allow-passthrough off\n", true)]
#[case::tmux_lets_it_pass("set -g set-clipboard off\nset -g allow-passthrough on\n", true)]
#[case::tmux_does_neither("set -g set-clipboard off\nset -g allow-passthrough off\n", false)]
fn a_copy_reaches_the_terminal_outside(#[case] settings: &str, #[case] arrives: bool) {
    let host = Host::start();
    let home = TempDir::new().expect("a home");
    furnish(home.path(), &[]);
    let tmux = Tmux::with(home, settings);
    let mut desk = tmux.open(&host, &[PROGRAM, "practice", "--world", "done", "--step", "partner"]);
    desk.settled();
    // tmux draws a frame in pieces, so wait for its last piece.
    desk.pty.type_keys("\x1b[1~");
    desk.pty.wait_for("▸ ✓ Code");
    desk.pty.type_keys("c");
    desk.pty.wait_for("Sent to the clipboard, if your terminal allows it. c again: plain text.");
    let log = String::from_utf8_lossy(&desk.pty.shown().log).into_owned();
    let sent = log
        .split("\x1b]52;")
        .skip(1)
        .any(|rest| rest.split(['\x07', '\x1b']).next().is_some_and(|it| it.ends_with(&format!(";{CODED}"))));
    assert_eq!(sent, arrives, "{log:?}");
    // The mouse always works as a fallback: the text is printed plainly, outside the alternate screen.
    desk.pty.type_keys("c");
    let shown = desk.pty.wait_for("Press Enter to go back.");
    assert!(shown.lines().any(|line| line == "ILLiad"), "{shown}");
    desk.pty.type_keys("\r");
    desk.settled();
    desk.pty.type_keys("q");
    desk.has_left(0);
}

//! tmux at the other end: the wizard outlives the line, and copies find their way out.
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

/// The name of the server's socket, below the home.
const SOCKET: &str = "w";

/// A tmux of this test's own, in a home that is furnished; ends with this.
struct Tmux {
    home: TempDir,
}

impl Tmux {
    /// With these settings, no line of its own on the screen, and no file of the user's.
    fn with(home: TempDir, settings: &str) -> Self {
        fs::write(home.path().join("tmux.conf"), format!("set -g status off\n{settings}")).expect("written");
        Self { home }
    }

    /// Logs in and starts a session with this command; the one that is there already is attached.
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
        // Where the command has left, its server is gone already.
        let _ = end.status();
    }
}

/// The line breaks and tmux goes on: attached again, the screen is whole, with what was typed; and what was written meanwhile is told.
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
    desk.enter("_QC", "SANDBOX: 01CUNY_QC");
    desk.pty.type_keys("\r");
    desk.pty.wait_until("being written", |screen| text(screen).contains("Writing 6 values to SANDBOX"));
    break_off(desk);

    let mut desk = tmux.open(&host, &command);
    let ended = desk.pty.wait_for("Enter go on");
    assert!(ended.contains("✓ written  URL"), "{ended}");
    assert_eq!(sim.requests().into_iter().filter(|seen| seen.method == "PUT").count(), 1);
    desk.press("\r");
    desk.pty.type_keys("q");
    desk.has_left(0);
}

/// The client is gone, and its terminal with it.
fn break_off(desk: Terminal) {
    desk.signal(Signal::KILL);
    drop(desk);
}

/// `ILLiad`, as OSC 52 carries it.
const CODED: &str = "SUxMaWFk";

/// Inside, the locale says UTF-8; only tmux knows what the terminal outside takes.
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

/// Where tmux takes the plain sequence or lets the wrapped one pass, the text reaches the terminal outside; where it does neither, as
/// by default, it does not. The words are the same: they claim nothing.
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
    // tmux draws a frame in pieces: what is waited for is the end of it.
    desk.pty.type_keys("\x1b[1~");
    desk.pty.wait_for("▸ ✓ Code");
    desk.pty.type_keys("c");
    desk.pty.wait_for("Sent to the terminal's clipboard, if it allows; c again shows it plainly.");
    let log = String::from_utf8_lossy(&desk.pty.shown().log).into_owned();
    let sent = log
        .split("\x1b]52;")
        .skip(1)
        .any(|rest| rest.split(['\x07', '\x1b']).next().is_some_and(|it| it.ends_with(&format!(";{CODED}"))));
    assert_eq!(sent, arrives, "{log:?}");
    // The mouse can always take it: plainly, outside of the alternate screen.
    desk.pty.type_keys("c");
    let shown = desk.pty.wait_for("Press Enter to go back.");
    assert!(shown.lines().any(|line| line == "ILLiad"), "{shown}");
    desk.pty.type_keys("\r");
    desk.settled();
    desk.pty.type_keys("q");
    desk.has_left(0);
}

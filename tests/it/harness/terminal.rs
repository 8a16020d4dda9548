//! The wizard in a terminal: start it, signal it, and inspect the terminal after it has exited.
use crate::harness::pty::{Pty, USUAL, text};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::fs;
use tempfile::TempDir;
use vt100::{Color, MouseProtocolMode, Screen};

/// The path of the built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_last-resort");

/// The frames of the spinner that shows work in progress.
const SPINNER: &str = "⠋⠙⠸⠴⠦⠇";

/// A terminal with its own home, and a command running in it.
pub(crate) struct Terminal {
    pub(crate) pty: Pty,
    pub(crate) home: TempDir,
    pub(crate) modes: String,
}

impl Terminal {
    /// Runs a command under a script in a terminal of the usual size, in a prepared home.
    pub(crate) fn in_home(home: TempDir, script: &str, command: &[impl AsRef<OsStr>], env: &[(&str, &str)]) -> Self {
        // Read the modes from another new terminal: in this one the program might change them first.
        let other = Pty::open(home.path(), USUAL, "read -r _", &["-"], &[]);
        let modes = modes(&other);
        let pty = Pty::open(home.path(), USUAL, script, command, env);
        Self { pty, home, modes }
    }

    /// Waits until the wizard is on the screen and has finished reading; returns the screen's text.
    #[track_caller]
    pub(crate) fn settled(&self) -> String {
        self.pty.wait_until("a wizard that has read everything", |screen| {
            screen.alternate_screen() && text(screen).contains("last-resort") && is_settled(screen)
        })
    }

    /// Goes on from the first screen.
    #[track_caller]
    pub(crate) fn begin(&mut self) {
        self.pty.wait_for("There are eight steps");
        self.pty.type_keys("\r");
    }

    /// Sends keys, then waits until the screen has changed and nothing is being read or written.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) -> String {
        // Wait for a whole frame first: the rest of one in progress would look like the effect of the key.
        let before = self.pty.wait_until("a whole frame", |_| true);
        self.pty.type_keys(keys);
        self.pty.wait_until(&format!("another screen after {keys:?}"), |screen| {
            text(screen) != before && is_settled(screen)
        })
    }

    /// Asks for the plan and waits for the prompt for the campus code, since text typed earlier would be lost. `press`
    /// is not enough: tmux draws a frame in pieces, and each piece looks like a changed screen.
    #[track_caller]
    pub(crate) fn plan(&mut self) -> String {
        self.pty.type_keys("\r");
        self.pty.wait_for("Type 01CUNY_QC to write to ")
    }

    /// Types a text and waits until the screen contains `seen`.
    #[track_caller]
    pub(crate) fn enter(&mut self, text: &str, seen: &str) -> String {
        self.pty.type_keys(text);
        self.pty.wait_for(seen)
    }

    /// Types what consents on a screen, and reads on until Enter would carry it out.
    #[track_caller]
    pub(crate) fn consent(&mut self) -> String {
        let screen = self.enter("01CUNY_QC", ": 01CUNY_QC");
        self.read_on(screen)
    }

    /// Reads on from this screen until all was seen.
    #[track_caller]
    pub(crate) fn read_on(&mut self, mut screen: String) -> String {
        while screen.contains("Enter read on") {
            screen = self.press("\x1b[6~");
        }
        screen
    }

    /// Returns the program's process id.
    pub(crate) fn pid(&self) -> Pid {
        let told = fs::read_to_string(self.home.path().join("pid")).expect("started");
        told.trim().parse().ok().and_then(Pid::from_raw).expect("a process id")
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("signalled");
    }

    /// Waits until the program has exited; fails unless its code is `code` and the terminal is restored. Returns the screen's text.
    #[track_caller]
    pub(crate) fn has_left(&self, code: u8) -> String {
        let text = self.pty.wait_for(&format!("[left with {code}]"));
        self.assert_given_back();
        text
    }

    /// Fails unless the terminal is as it was before the program started.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(modes(&self.pty), self.modes, "the modes of the terminal");
        let shown = self.pty.shown();
        let screen = shown.parser.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
        assert!(!screen.application_cursor() && !screen.application_keypad(), "the keys say something else");
        assert_eq!((screen.fgcolor(), screen.bgcolor()), (Color::Default, Color::Default));
        assert!(!screen.bold() && !screen.dim() && !screen.italic() && !screen.underline() && !screen.inverse());
        assert!(!shown.parser.callbacks().open(), "a synchronized update was left open");
    }
}

impl Pty {
    /// Returns the text on the screen.
    pub(crate) fn text(&self) -> String {
        text(self.shown().parser.screen())
    }

    /// Waits until this text is on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, words: &str) -> String {
        self.wait_until(words, |screen| text(screen).contains(words))
    }
}

/// Returns the terminal's modes: how the kernel treats keys and lines.
pub(crate) fn modes(pty: &Pty) -> String {
    format!("{:?}", pty.master.get_termios().expect("a terminal"))
}

/// Whether nothing is being read or written.
pub(crate) fn is_settled(screen: &Screen) -> bool {
    let text = text(screen);
    !text.contains("Not read yet") && !text.chars().any(|c| SPINNER.contains(c))
}

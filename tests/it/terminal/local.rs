//! Helpers for a wizard that runs directly in this terminal, without ssh.
use crate::harness::pty::{LONGEST, Pty, RUN, pty_size, rows_and_columns, text};
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal, is_settled, modes};
use last_resort::sim::Running;
use std::ffi::OsStr;
use std::sync::PoisonError;
use std::time::Duration;
use tempfile::TempDir;

impl Terminal {
    /// Runs a command in a terminal of the usual size, with a new home.
    pub(crate) fn running(command: &[impl AsRef<OsStr>], env: &[(&str, &str)]) -> Self {
        Self::in_home(TempDir::new().expect("a home"), RUN, command, env)
    }

    /// Starts the wizard on a practice world and waits until everything is read.
    #[track_caller]
    pub(crate) fn practice(world: &str, more: &[&str]) -> Self {
        let mut desk = Self::running(&[&[PROGRAM, "practice", "--world", world], more].concat(), &[]);
        if !more.contains(&"--step") {
            desk.begin();
            desk.pty.wait_until("the steps", |screen| !text(screen).contains("There are eight steps"));
        }
        desk.settled();
        desk
    }

    /// Waits until the footer offers an action for Enter again, and returns the screen's text.
    #[track_caller]
    pub(crate) fn asked_again(&self) -> String {
        self.pty.wait_until("a footer that says what Enter does", |screen| {
            is_settled(screen) && text(screen).lines().last().is_some_and(|line| line.starts_with(" Enter "))
        })
    }

    /// Resizes the window.
    pub(crate) fn resize(&self, size: (u16, u16)) {
        let (rows, columns) = rows_and_columns(size);
        self.pty.shown().parser.set_size(rows, columns);
        self.pty.master.resize(pty_size(size)).expect("resized");
    }

    /// Fails unless the program has taken over the terminal.
    #[track_caller]
    pub(crate) fn assert_taken(&self) {
        assert_ne!(modes(&self.pty), self.modes, "raw mode");
        let shown = self.pty.shown();
        assert!(shown.parser.screen().alternate_screen() && shown.parser.screen().bracketed_paste());
    }
}

impl Pty {
    /// Waits until nothing was written for the time `long`. Returns false if that did not happen before the deadline.
    pub(crate) fn quiet_for(&self, long: Duration) -> bool {
        let mut shown = self.shown();
        for _ in 0..LONGEST.as_millis() / long.as_millis() {
            let before = shown.log.len();
            let waited = self.shown.1.wait_timeout_while(shown, long, |shown| shown.log.len() == before);
            let end;
            (shown, end) = waited.unwrap_or_else(PoisonError::into_inner);
            if end.timed_out() {
                return true;
            }
        }
        false
    }
}

/// Opens the wizard at a step of a served world, with the world's keys in the environment.
pub(crate) fn wizard_on(sim: &Running, step: &str) -> Terminal {
    wizard_in(simulator::home(sim), sim, &["--step", step])
}

/// Opens the wizard in a home that was used before.
pub(crate) fn wizard_in(home: TempDir, sim: &Running, args: &[&str]) -> Terminal {
    Terminal::in_home(home, RUN, &[&[PROGRAM], args].concat(), &simulator::keys(sim))
}

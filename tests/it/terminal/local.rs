//! What is only done to a wizard that runs in this terminal, with no line in between.
use crate::harness::pty::{LONGEST, Pty, RUN, pty_size, rows_and_columns, text};
use crate::harness::simulator;
use crate::harness::terminal::{PROGRAM, Terminal, is_settled, modes};
use last_resort::sim::Running;
use std::ffi::OsStr;
use std::sync::PoisonError;
use std::time::Duration;
use tempfile::TempDir;

impl Terminal {
    /// Runs a command in a terminal of the usual size, in a home of its own.
    pub(crate) fn running(command: &[impl AsRef<OsStr>], env: &[(&str, &str)]) -> Self {
        Self::in_home(TempDir::new().expect("a home"), RUN, command, env)
    }

    /// The wizard on a practice world, everything read.
    #[track_caller]
    pub(crate) fn practice(world: &str, more: &[&str]) -> Self {
        let desk = Self::running(&[&[PROGRAM, "practice", "--world", world], more].concat(), &[]);
        desk.settled();
        desk
    }

    /// Waits until Enter does something again; gives the screen's text.
    #[track_caller]
    pub(crate) fn asked_again(&self) -> String {
        self.pty.wait_until("a footer that says what Enter does", |screen| {
            is_settled(screen) && text(screen).lines().last().is_some_and(|line| line.starts_with(" Enter "))
        })
    }

    /// Another size of the window.
    pub(crate) fn resize(&self, size: (u16, u16)) {
        let (rows, columns) = rows_and_columns(size);
        self.pty.shown().parser.set_size(rows, columns);
        self.pty.master.resize(pty_size(size)).expect("resized");
    }

    /// Fails unless the terminal is the program's.
    #[track_caller]
    pub(crate) fn assert_taken(&self) {
        assert_ne!(modes(&self.pty), self.modes, "raw mode");
        let shown = self.pty.shown();
        assert!(shown.parser.screen().alternate_screen() && shown.parser.screen().bracketed_paste());
    }
}

impl Pty {
    /// Waits until nothing was written for so long; whether that came before the deadline.
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

/// The wizard on a served world, at a step, with the world's keys in the environment.
pub(crate) fn wizard_on(sim: &Running, step: &str) -> Terminal {
    wizard_in(simulator::home(sim), sim, &["--step", step])
}

/// The same, in a home where it was before.
pub(crate) fn wizard_in(home: TempDir, sim: &Running, args: &[&str]) -> Terminal {
    Terminal::in_home(home, RUN, &[&[PROGRAM], args].concat(), &simulator::keys(sim))
}

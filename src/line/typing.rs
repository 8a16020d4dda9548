//! Hides typed keys by switching off the terminal's echo.
use super::prompt::PromptKind;
use crate::failure::{Failure, FailureKind};
use std::io;

/// The echo of the terminal, which is switched off while a key is typed.
pub trait Echo: Send {
    /// Switches the echo off.
    fn off(&self) -> io::Result<()>;
    /// Switches the echo on.
    fn on(&self);
}

/// The echo of standard input. Dropping this switches it on again.
pub(super) struct EchoSwitch {
    echo: Box<dyn Echo>,
    terminal: bool,
}

impl EchoSwitch {
    /// Wraps an echo. `terminal` says whether standard input is a terminal.
    pub(super) fn new(echo: Box<dyn Echo>, terminal: bool) -> Self {
        Self { echo, terminal }
    }

    /// Switches the echo off for a key, and on for any other answer. Fails if the terminal cannot hide a key.
    pub(super) fn set_for(&self, kind: &PromptKind) -> Result<(), Failure> {
        if !self.terminal || *kind != PromptKind::Secret {
            self.on();
            return Ok(());
        }
        self.echo.off().map_err(|error| {
            Failure::new(FailureKind::Terminal, format!("The terminal cannot hide what you type: {error}."))
                .hint("set the keys in the environment: LAST_RESORT_ALMA_KEY, LAST_RESORT_ILLIAD_KEY")
        })
    }

    /// Switches the echo on.
    pub(super) fn on(&self) {
        self.echo.on();
    }
}

impl Drop for EchoSwitch {
    fn drop(&mut self) {
        self.on();
    }
}

//! What is typed is seen, but for keys.
use super::prompt::PromptKind;
use crate::failure::{Failure, FailureKind};
use std::io;

/// The echo of the terminal, switched off while a key is typed.
pub trait Echo: Send {
    /// Off.
    ///
    /// # Errors
    /// It cannot be switched.
    fn off(&self) -> io::Result<()>;
    /// On again.
    fn on(&self);
}

/// The echo of standard input, where that is a terminal; on again at the end.
pub(super) struct EchoSwitch {
    echo: Box<dyn Echo>,
    terminal: bool,
}

impl EchoSwitch {
    /// Of this echo.
    pub(super) fn new(echo: Box<dyn Echo>, terminal: bool) -> Self {
        Self { echo, terminal }
    }

    /// As a prompt of this kind needs it.
    ///
    /// # Errors
    /// What is typed cannot be hidden.
    pub(super) fn set_for(&self, kind: &PromptKind) -> Result<(), Failure> {
        if !self.terminal || *kind != PromptKind::Secret {
            self.on();
            return Ok(());
        }
        self.echo.off().map_err(|error| {
            Failure::new(FailureKind::Terminal, format!("The terminal cannot hide what is typed: {error}."))
                .hint("put the keys into the environment: LAST_RESORT_ALMA_KEY, LAST_RESORT_ILLIAD_KEY")
        })
    }

    /// On.
    pub(super) fn on(&self) {
        self.echo.on();
    }
}

impl Drop for EchoSwitch {
    fn drop(&mut self) {
        self.on();
    }
}

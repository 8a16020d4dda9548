//! State of the first screen.

/// The first screen of somebody who has not begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WelcomeScreen {
    pub top: usize,
}

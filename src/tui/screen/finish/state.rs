//! State of the last screen.

/// The last screen: nothing is left to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FinishScreen {
    pub top: usize,
}

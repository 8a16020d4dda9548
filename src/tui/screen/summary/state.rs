//! The summary's state: how far it is scrolled.

/// What is done, what is not, and who is waited for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SummaryScreen {
    /// The first line shown.
    pub top: usize,
}

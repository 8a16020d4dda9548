//! State of the summary.

/// The summary: what is done, what is not, and who is waited for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SummaryScreen {
    pub top: usize,
}

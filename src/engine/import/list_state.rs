//! Whether a list could be read whole.

/// Whether every row of a list could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListState {
    Whole,
    /// Some rows are damaged or not understood. What was not found may be in one of them.
    Damaged,
}

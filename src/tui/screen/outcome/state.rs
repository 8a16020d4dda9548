//! How a write ended.
use crate::engine::results::ApplyResult;
use crate::failure::Failure;
use crate::tui::screen::writing::Write;
use jiff::Timestamp;

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeScreen {
    /// Which write it was.
    pub write: Write,
    /// What came of it.
    pub ended: WriteEnd,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteEnd {
    /// Applied, change by change.
    Applied(Box<ApplyResult>),
    /// Undone, in words.
    Undone(String),
    /// Refused, failed, or of unknown outcome; the failure says which.
    Failed(Failure),
}

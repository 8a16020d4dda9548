//! State of the outcome of a write.
use crate::engine::results::ApplyResult;
use crate::failure::Failure;
use crate::tui::screen::writing::Write;
use jiff::Timestamp;

/// The outcome of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeScreen {
    pub write: Write,
    pub ended: WriteEnd,
    pub at: Timestamp,
    pub top: usize,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteEnd {
    Applied(Box<ApplyResult>),
    /// The undo's result, in words.
    Undone(String),
    /// Refused, failed, or unknown; the failure says which.
    Failed(Failure),
}

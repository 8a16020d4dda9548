//! A write in flight.
use crate::recipe::StepId;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;

/// A write in flight.
#[derive(Debug, Clone, PartialEq)]
pub struct WritingScreen {
    /// The request that the answer must belong to.
    pub ticket: Ticket,
    /// Which write it is.
    pub write: Write,
    /// When it was sent.
    pub since: Timestamp,
}

/// Which write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// An apply of these steps, changing so many values.
    Apply(Vec<StepId>, usize),
    /// An undo.
    Undo,
}

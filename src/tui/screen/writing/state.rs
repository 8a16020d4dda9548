//! State of a running write.
use crate::recipe::StepId;
use crate::tui::parts::undo::UndoKind;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;

/// A running apply or undo.
#[derive(Debug, Clone, PartialEq)]
pub struct WritingScreen {
    /// The ticket that the answer must carry.
    pub ticket: Ticket,
    pub write: Write,
    pub since: Timestamp,
}

/// The kind of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// An apply of these steps, with the number of changed values.
    Apply(Vec<StepId>, usize),
    Undo(UndoKind),
}

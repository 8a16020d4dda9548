//! State of the screen before an undo.
use crate::tui::entry::Entry;

/// Asks for the campus code before an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoScreen {
    /// The campus code typed so far.
    pub typed: Entry,
    /// Why the typed code was refused.
    pub refused: Option<String>,
}

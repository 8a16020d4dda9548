//! The campus code before the record is put back.
use crate::tui::entry::Entry;

/// Asks for the campus code before the record is put back.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoScreen {
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why it does not confirm.
    pub refused: Option<String>,
}

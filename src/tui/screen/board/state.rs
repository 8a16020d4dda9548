//! State of the board's screen.
use crate::tui::entry::Entry;

/// The board. The campuses are kept in the model, because they outlive it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoardScreen {
    /// The field for the filter, while something is typed into it.
    pub filter: Option<Entry>,
}

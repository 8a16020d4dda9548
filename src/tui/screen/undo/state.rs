//! State of the screen before an undo.
use crate::tui::parts::undo::UndoKind;
use crate::tui::screen::code_field::CodeField;

/// Asks for the campus code before an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoScreen {
    pub kind: UndoKind,
    pub code: CodeField,
    pub top: usize,
}

//! State of the screen before a proof.
use crate::engine::journal::ProofScope;
use crate::tui::screen::code_field::CodeField;

/// Asks for the campus code before a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProveScreen {
    pub half: ProofScope,
    pub code: CodeField,
    pub top: usize,
}

//! Which proof, and the campus code before it.
use crate::engine::journal::ProofScope;
use crate::tui::entry::Entry;

/// Before a proof: what it does beside proving, and the campus code.
#[derive(Debug, Clone, PartialEq)]
pub struct ProveScreen {
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why it does not confirm.
    pub refused: Option<String>,
    /// The first line shown.
    pub top: usize,
}

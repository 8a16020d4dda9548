//! State of the screen before a proof.
use crate::engine::journal::ProofScope;
use crate::tui::entry::Entry;

/// Asks for the campus code before a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProveScreen {
    pub half: ProofScope,
    /// The campus code typed so far.
    pub typed: Entry,
    /// Why the typed code was refused.
    pub refused: Option<String>,
    pub top: usize,
}

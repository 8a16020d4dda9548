//! How a proof ended.
use crate::engine::journal::ProofScope;
use crate::failure::Failure;
use crate::tui::msg::Proved;
use jiff::Timestamp;

/// After a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofResultScreen {
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// How it ended.
    pub ended: Result<Box<Proved>, Failure>,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}

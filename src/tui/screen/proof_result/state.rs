//! How a proof ended.
use crate::engine::journal::ProofScope;
use crate::engine::results::ProofRun;
use crate::failure::Failure;
use jiff::Timestamp;

/// After a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofResultScreen {
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// How it ended.
    pub ended: Result<Box<ProofRun>, Failure>,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}

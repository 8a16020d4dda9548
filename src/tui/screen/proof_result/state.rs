//! State of the result of a proof.
use crate::engine::journal::ProofScope;
use crate::engine::results::ProofRun;
use crate::failure::Failure;
use jiff::Timestamp;

/// The result of a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofResultScreen {
    pub half: ProofScope,
    pub ended: Result<Box<ProofRun>, Failure>,
    pub at: Timestamp,
    pub top: usize,
}

//! The name of a proof.
use crate::engine::journal::ProofScope;

/// What is proved, in words.
pub(in crate::tui) fn title(half: ProofScope) -> &'static str {
    match half {
        ProofScope::Illiad => "ILLiad's routing",
        ProofScope::Chain => "the whole chain from Alma",
    }
}

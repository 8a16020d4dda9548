//! The result of a proof.
pub(super) mod keys;
mod last_word;
pub(super) mod page;
mod state;
mod update;

pub use state::ProofResultScreen;

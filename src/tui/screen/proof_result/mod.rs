//! The result of a proof.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::ProofResultScreen;

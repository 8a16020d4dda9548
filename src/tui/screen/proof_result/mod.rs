//! The result of a proof.
mod keys;
mod last_word;
mod page;
mod state;
mod update;

pub use state::ProofResultScreen;

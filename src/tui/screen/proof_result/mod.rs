//! How a proof ended.
mod keys;
mod last_word;
mod page;
mod state;
mod update;

pub use state::ProofResultScreen;

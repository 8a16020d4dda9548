//! The outcome of a write.
mod keys;
mod last_word;
mod page;
mod state;
mod update;

pub use state::{OutcomeScreen, WriteEnd};

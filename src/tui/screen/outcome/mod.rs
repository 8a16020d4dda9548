//! The outcome of a write.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::{OutcomeScreen, WriteEnd};

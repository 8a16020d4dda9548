//! A running proof, which can be stopped.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::ProvingScreen;
pub(in crate::tui) use update::{ended, progressed};

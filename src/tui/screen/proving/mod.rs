//! A running proof, which can be stopped.
mod keys;
mod page;
mod state;
mod update;

pub use state::ProvingScreen;
pub(in crate::tui) use update::{ended, progressed};

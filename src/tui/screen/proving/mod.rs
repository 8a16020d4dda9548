//! A proof under way.
mod keys;
mod page;
mod state;
mod update;

pub use state::ProvingScreen;
pub(in crate::tui) use update::{ended, progressed};

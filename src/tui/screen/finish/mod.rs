//! The last screen: nothing is left to do.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::FinishScreen;
pub(in crate::tui) use update::{open, show_once};

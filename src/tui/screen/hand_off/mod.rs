//! The hand-off: what is told to whom, in writing.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::HandOffScreen;
pub(in crate::tui) use update::{open, written};

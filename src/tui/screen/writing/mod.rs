//! A running write: an apply or an undo.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::{Write, WritingScreen};
pub(in crate::tui) use update::{applied, undone};

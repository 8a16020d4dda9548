//! Finds a value on any step.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::FindScreen;
pub(in crate::tui) use update::open;

//! The screen before a proof: its side effects, and the campus code.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::ProveScreen;
pub(in crate::tui) use update::open;

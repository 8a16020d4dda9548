//! The screen before an undo: what it takes back, and the campus code.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::UndoScreen;
pub(in crate::tui) use update::open;

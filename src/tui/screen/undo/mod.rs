//! The screen before an undo: what it takes back, and the campus code.
mod keys;
mod page;
mod state;
mod update;

pub use state::UndoScreen;
pub(in crate::tui) use update::open;

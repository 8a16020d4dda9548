//! The campus code before the record is put back.
mod keys;
mod page;
mod state;
mod update;

pub use state::UndoScreen;
pub(in crate::tui) use update::open;

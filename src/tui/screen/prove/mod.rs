//! What a proof does, and the campus code before it.
mod keys;
mod page;
mod state;
mod update;

pub use state::ProveScreen;
pub(in crate::tui) use update::open;

//! What a screen shows, pasted, compared and recorded.
mod comparison;
mod keys;
mod page;
mod state;
mod update;

pub use state::PasteBackScreen;
pub(in crate::tui) use update::{open, recorded, unsent};

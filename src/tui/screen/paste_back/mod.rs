//! The paste-back: text pasted from Alma or ILLiad is compared and recorded as evidence.
mod comparison;
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::PasteBackScreen;
pub(in crate::tui) use update::{open, recorded, unsent};

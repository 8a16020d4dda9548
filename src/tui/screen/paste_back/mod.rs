//! The paste-back: text pasted from Alma or ILLiad is compared and recorded as evidence.
mod comparison;
mod keys;
mod page;
mod state;
mod update;

pub use state::PasteBackScreen;
pub(in crate::tui) use update::{open, recorded, unsent};

//! The screen with the whole text of a system's answer.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::AnswerScreen;
pub(in crate::tui) use update::{open, whole_answer};

//! The screen with the whole text of a system's answer.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::AnswerScreen;
pub(in crate::tui) use update::{asked_and_answered, open, whole_answer};

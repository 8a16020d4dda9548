//! The sign-off: a person's word, given or taken back.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::{SignOffField, SignOffKind, SignOffScreen};
pub(in crate::tui) use update::{attested, open, unsent};

//! A plan: what a write would change, and the campus code that confirms it.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::{PlanQuestion, PlanScreen};
pub(in crate::tui) use update::{open, planned};

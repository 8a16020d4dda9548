//! The summary: what is done, what is not, and who is waited for.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::SummaryScreen;

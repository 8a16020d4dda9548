//! The summary: what is done, what is not, and who is waited for.
mod keys;
mod page;
mod state;
mod update;

pub use state::SummaryScreen;

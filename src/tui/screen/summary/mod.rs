//! Done, not done, waited for.
mod keys;
mod page;
mod state;
mod update;

pub use state::SummaryScreen;

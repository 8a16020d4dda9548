//! The steps and their values: the main screen.
mod detail;
mod finding;
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::StepsScreen;

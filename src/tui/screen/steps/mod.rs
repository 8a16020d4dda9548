//! The steps and their values: the main screen.
mod detail;
mod finding;
mod keys;
mod page;
mod state;
mod update;
mod words;

pub use state::StepsScreen;

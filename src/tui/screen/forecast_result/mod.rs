//! The result of a forecast: who would become a duplicate account.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::ForecastResultScreen;

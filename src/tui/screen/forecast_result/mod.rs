//! The result of a forecast: who would become a duplicate account.
mod keys;
mod page;
mod state;
mod update;

pub use state::ForecastResultScreen;

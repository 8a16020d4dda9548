//! The screen before a forecast: which patrons to look up.
mod keys;
mod page;
mod state;
mod update;

pub use state::ForecastScreen;
pub(in crate::tui) use update::open;

//! The screen before a forecast: which patrons to look up.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::ForecastScreen;
pub(in crate::tui) use update::open;

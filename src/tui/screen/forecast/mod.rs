//! About whom to foresee.
mod keys;
mod page;
mod state;
mod update;

pub use state::ForecastScreen;
pub(in crate::tui) use update::open;

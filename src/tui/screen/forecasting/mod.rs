//! A running forecast, which can be stopped.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub(crate) use page::how_far;
pub use state::{ForecastCount, ForecastingScreen};
pub(in crate::tui) use update::{ended, open, progressed};

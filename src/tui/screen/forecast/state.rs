//! About whom a forecast is to be.
use crate::tui::entry::Entry;

/// Before a forecast: about whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastScreen {
    /// The path of a list; empty: the campus file's sample.
    pub file: Entry,
    /// The first line shown.
    pub top: usize,
}

//! State of the screen before a forecast.
use crate::tui::entry::Entry;

/// Asks which patrons to forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastScreen {
    /// The path of a list. If empty, the campus file's sample is used.
    pub file: Entry,
    pub top: usize,
}

//! State of the result of a forecast.
use crate::engine::forecast::Identifiers;
use crate::failure::Failure;
use crate::tui::msg::ForecastResult;
use jiff::Timestamp;

/// The result of a forecast, and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastResultScreen {
    /// The path as typed. Empty for the campus file's sample.
    pub file: String,
    pub ended: Result<Box<ForecastResult>, Failure>,
    pub show: Identifiers,
    pub at: Timestamp,
    pub top: usize,
}

//! Who would become a duplicate account.
use crate::engine::forecast::Identifiers;
use crate::failure::Failure;
use crate::tui::msg::ForecastResult;
use jiff::Timestamp;

/// After a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastResultScreen {
    /// About whom: the path as typed.
    pub file: String,
    /// How it ended.
    pub ended: Result<Box<ForecastResult>, Failure>,
    /// How people are named.
    pub show: Identifiers,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}

//! State of a running forecast.
use crate::tui::ticket::Ticket;
use crate::tui::watch::WorkState;
use jiff::Timestamp;

/// The progress of a forecast, in people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastCount {
    pub done: usize,
    pub all: usize,
    /// People whose results were kept from an earlier run.
    pub known: usize,
    /// When the first progress report arrived.
    pub since: Timestamp,
    /// When this one arrived.
    pub at: Timestamp,
}

/// A running forecast: its progress so far, and whether it is being stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastingScreen {
    /// The ticket that progress reports and the result must carry.
    pub ticket: Ticket,
    pub since: Timestamp,
    /// The path as typed. Empty for the campus file's sample.
    pub file: String,
    /// `None` until the first progress report.
    pub count: Option<ForecastCount>,
    pub watched: WorkState,
}

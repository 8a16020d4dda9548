//! A forecast under way.
use crate::tui::ticket::Ticket;
use crate::tui::watch::Watch;
use jiff::Timestamp;

/// How far a forecast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastCount {
    /// So many people are read.
    pub done: usize,
    /// Of so many.
    pub all: usize,
    /// So many were known before anybody was asked about.
    pub known: usize,
    /// Since when they are asked about.
    pub since: Timestamp,
}

/// A forecast under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastingScreen {
    /// The request that news and answer must belong to.
    pub ticket: Ticket,
    /// When it began.
    pub since: Timestamp,
    /// About whom: the path as typed.
    pub file: String,
    /// How far it is, once that is known.
    pub count: Option<ForecastCount>,
    /// Whether it goes on.
    pub watched: Watch,
}

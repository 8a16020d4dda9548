//! Results of longer work: gates, hand-off, forecast.
use crate::engine::forecast::Forecast;
use crate::engine::golive::{GatePassage, GateResult, SwitchCard};
use crate::engine::handoff::Document;
use crate::engine::judge::Report;
use crate::site::Site;

/// The state of all gates of going live.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRun {
    /// The campus as it is stored now.
    pub site: Site,
    pub passage: GatePassage,
    /// All gates. Empty after the campus was set back, which needs none.
    pub gates: Vec<GateResult>,
    /// What a person has to do in Alma now.
    pub cards: Vec<SwitchCard>,
    pub remarks: Vec<String>,
    /// All steps, judged for this. `None` if nothing was read.
    pub report: Option<Report>,
}

/// The hand-off, with the report it is based on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOffResult {
    pub document: Document,
    /// All steps, judged for the hand-off.
    pub report: Report,
}

/// The result of a forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastResult {
    pub forecast: Forecast,
    /// A remark about the list of people.
    pub remark: Option<String>,
}

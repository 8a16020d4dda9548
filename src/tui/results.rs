//! What the longer errands bring: gates, hand-off, forecast.
use crate::engine::forecast::Forecast;
use crate::engine::golive::{GatePassage, GateResult, SwitchCard};
use crate::engine::handoff::Document;
use crate::engine::judge::Report;
use crate::site::Site;

/// How the gates stand.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRun {
    /// As the campus file has it now.
    pub site: Site,
    /// Whether it went through.
    pub passage: GatePassage,
    /// Every gate; none right after the way back, which asks for none.
    pub gates: Vec<GateResult>,
    /// What a person does in Alma now.
    pub cards: Vec<SwitchCard>,
    /// Things worth saying.
    pub remarks: Vec<String>,
    /// All steps, judged for it; none where nothing was read.
    pub report: Option<Report>,
}

/// The hand-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOffResult {
    /// All of it, not printed yet.
    pub document: Document,
    /// All steps, judged for it.
    pub report: Report,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastResult {
    /// Everybody.
    pub forecast: Forecast,
    /// A remark about the list.
    pub remark: Option<String>,
}

//! What ILLiad answered of itself and of requests.
use super::observation::{Observation, RowList};
use jiff::civil::DateTime;

/// A request in ILLiad, with only the columns we need (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    pub number: i64,
    pub status: String,
    /// The username of the patron whose request it is.
    pub username: Option<String>,
    pub cited_in: Option<String>,
    /// From ILLiad's column `LoanTitle`.
    pub title: Option<String>,
    pub process_type: Option<String>,
    /// The libraries it was sent to. Our rule wants it empty.
    pub lending_string: Option<String>,
    /// When it was made, by the clock of ILLiad's server. ILLiad does not say in which time zone (facts/illiad.md §1.4).
    pub created: Option<DateTime>,
}

/// Everything read from ILLiad in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IlliadObservations {
    /// From `SystemInfo/PlatformVersion`, which needs no key, for example `9.2.2.0`.
    pub version: Observation<String>,
    /// From `SystemInfo/SecurePlatformVersion`: whether ILLiad accepts our API key.
    pub key: Observation<()>,
    /// Whether ILLiad accepts the export key that goes into Alma's partner. A key that ILLiad refuses is never written
    /// there.
    pub export_key: Observation<()>,
    /// Requests of the test patron.
    pub requests: Observation<RowList<Transaction>>,
}

//! Typed answers of the ILLiad Web Platform API.
use super::outcome::{Observation, UnreadReason};

/// A user in ILLiad (facts/illiad.md §1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadUser {
    pub user_name: String,
    pub cleared: Option<String>,
    pub nvtgc: Option<String>,
    /// "Created via Alma" when Alma created the account.
    pub status: Option<String>,
}

/// A request in ILLiad, with only the columns we need (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    pub number: i64,
    pub status: String,
    pub cited_in: Option<String>,
    /// From ILLiad's column `LoanTitle`.
    pub title: Option<String>,
    pub process_type: Option<String>,
}

/// Everything read from ILLiad in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadObservations {
    /// From `SystemInfo/PlatformVersion`, which needs no key, for example `9.2.2.0`.
    pub version: Observation<String>,
    /// From `SystemInfo/SecurePlatformVersion`: whether ILLiad accepts our API key.
    pub key: Observation<()>,
    /// Whether ILLiad accepts the export key that goes into Alma's partner. A key that ILLiad refuses is never written
    /// there.
    pub export_key: Observation<()>,
    /// Requests of the test patron.
    pub requests: Observation<Vec<Transaction>>,
}

impl Default for IlliadObservations {
    fn default() -> Self {
        Self {
            version: Observation::Unread(UnreadReason::not_asked()),
            key: Observation::Unread(UnreadReason::not_asked()),
            export_key: Observation::Unread(UnreadReason::not_asked()),
            requests: Observation::Unread(UnreadReason::not_asked()),
        }
    }
}

//! What ILLiad answered.
use super::outcome::{Observation, UnreadReason};

/// A user in ILLiad (facts/illiad.md §1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadUser {
    /// `UserName`.
    pub user_name: String,
    /// `Cleared`.
    pub cleared: Option<String>,
    /// `NVTGC`.
    pub nvtgc: Option<String>,
    /// `Status`; "Created via Alma" where Alma made the account.
    pub status: Option<String>,
}

/// A request in ILLiad, as far as it is needed (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// `TransactionNumber`.
    pub number: i64,
    /// `TransactionStatus`.
    pub status: String,
    /// `CitedIn`.
    pub cited_in: Option<String>,
    /// `LoanTitle`.
    pub title: Option<String>,
    /// `ProcessType`.
    pub process_type: Option<String>,
}

/// What ILLiad said in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadObservations {
    /// `SystemInfo/PlatformVersion`, asked without a key: `9.2.2.0`.
    pub version: Observation<String>,
    /// `SystemInfo/SecurePlatformVersion`: whether the key is accepted.
    pub key: Observation<()>,
    /// The same of the key that belongs into Alma's partner: one that ILLiad does not take is never written there.
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

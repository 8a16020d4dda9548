//! What ILLiad answered.
use super::outcome::{Seen, Unread};

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
pub struct IlliadSeen {
    /// `SystemInfo/PlatformVersion`, asked without a key: `9.2.2.0`.
    pub version: Seen<String>,
    /// `SystemInfo/SecurePlatformVersion`: whether the key is accepted.
    pub key: Seen<()>,
    /// The same of the key that belongs into Alma's partner: one that ILLiad does not take is never written there.
    pub export_key: Seen<()>,
    /// Requests of the test patron.
    pub requests: Seen<Vec<Transaction>>,
}

impl Default for IlliadSeen {
    fn default() -> Self {
        Self {
            version: Seen::Unread(Unread::not_asked()),
            key: Seen::Unread(Unread::not_asked()),
            export_key: Seen::Unread(Unread::not_asked()),
            requests: Seen::Unread(Unread::not_asked()),
        }
    }
}

//! A verdict in the journal's own format.
use serde::{Deserialize, Serialize};

/// A verdict as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownVerdict {
    /// The contract's word for it.
    pub verdict: String,
    /// The value that was found, in the procedure's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
}

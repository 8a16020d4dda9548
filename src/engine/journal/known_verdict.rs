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

impl KnownVerdict {
    /// The word for people, who read "signed off".
    pub fn word(&self) -> &str {
        if self.verdict == "attested" { "signed off" } else { &self.verdict }
    }

    /// Whether the value itself was seen, in a system or in evidence.
    pub(crate) fn is_seen(&self) -> bool {
        matches!(self.verdict.as_str(), "same" | "differs" | "absent")
    }

    /// Whether the value was changed between the two. A value that was as wanted both times was only told in other words.
    pub(crate) fn is_changed_to(&self, later: &Self) -> bool {
        let seen = self.is_seen() && later.is_seen() && self.got != later.got;
        seen && !(self.verdict == "same" && later.verdict == "same")
    }
}

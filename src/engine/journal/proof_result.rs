//! What a proof was about and what it showed, as the journal keeps it.
use crate::secret::Fingerprint;
use crate::site::Environment;
use serde::{Deserialize, Serialize};

/// What a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofScope {
    /// ILLiad's routing alone.
    Illiad,
    /// From a borrowing request in Alma to ILLiad's queue.
    Chain,
}

impl ProofScope {
    /// The word in `--json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Illiad => "illiad",
            Self::Chain => "chain",
        }
    }
}

/// What was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofStatus {
    /// It works.
    Proved,
    /// It does not.
    Wrong,
    /// Nothing yet: it was not watched to the end, or waits for somebody.
    Waiting,
    /// Nothing: something else got in the way.
    Unclear,
}

impl ProofStatus {
    /// The word in `--json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Wrong => "wrong",
            Self::Waiting => "waiting",
            Self::Unclear => "unclear",
        }
    }
}

/// What a probe and its negative twin, or a whole chain, showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofResult {
    /// About what.
    pub half: ProofScope,
    /// In which environment.
    pub environment: Environment,
    /// What.
    pub shows: ProofStatus,
    /// What was seen, with its likely cause.
    pub words: String,
    /// What to do next.
    pub next: Option<String>,
    /// The number of the request in ILLiad by which it was seen.
    pub number: Option<i64>,
    /// The export key that a whole chain was seen to work with.
    pub key: Option<Fingerprint>,
}

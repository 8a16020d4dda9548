//! What a proof was about and what it showed, as the journal keeps it.
use crate::secret::Fingerprint;
use crate::site::Environment;
use serde::{Deserialize, Serialize};

/// Which part of the way from Alma to ILLiad a proof covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofScope {
    /// Only the routing in ILLiad.
    Illiad,
    /// From a borrowing request in Alma to ILLiad's queue.
    Chain,
}

impl ProofScope {
    /// The name used in `--json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Illiad => "illiad",
            Self::Chain => "chain",
        }
    }
}

/// What a proof showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofStatus {
    Proved,
    /// It does not work.
    Wrong,
    /// Nothing yet: the requests were not watched to the end, or the proof waits for a person.
    Waiting,
    /// Nothing: something else got in the way.
    Unclear,
}

impl ProofStatus {
    /// The name used in `--json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Wrong => "wrong",
            Self::Waiting => "waiting",
            Self::Unclear => "unclear",
        }
    }
}

/// What a probe and its twin, or a request through the whole chain, showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofResult {
    pub half: ProofScope,
    pub environment: Environment,
    pub shows: ProofStatus,
    /// What was seen, with its likely cause.
    pub words: String,
    /// What the user should do next.
    pub next: Option<String>,
    /// The number of the ILLiad request that showed it.
    pub number: Option<i64>,
    /// The export key that the whole chain was seen to work with.
    pub key: Option<Fingerprint>,
}

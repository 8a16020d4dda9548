//! The kinds of test request, the systems they are in, how they end, and what a proof with them showed.
use super::token::ProbeToken;
use crate::secret::Fingerprint;
use crate::site::{Environment, Site};
use serde::{Deserialize, Serialize};

/// One of the two systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    Alma,
    Illiad,
}

impl System {
    /// The system's name as users know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alma => "Alma",
            Self::Illiad => "ILLiad",
        }
    }
}

/// Why nothing is left of a test request in a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeEnd {
    /// It was cancelled, and read again with this status.
    Cancelled(String),
    /// It was read in this status, which ends it, but is not the one that we route to.
    Finished(String),
    /// It existed, but does not any more.
    Gone,
    /// It was certainly never made. Holds the reason.
    Refused(String),
    /// We do not know whether it was made, and did not find it when we looked.
    NotFound,
}

/// The words that begin the title of every test request.
pub const TITLE: &str = "TEST please cancel";

/// What kind of test request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeKind {
    /// Looks like a request from Alma, so the rule must route it.
    Probe,
    /// The twin: does not look like a request from Alma, so the rule must leave it alone.
    Negative,
    /// A borrowing request in Alma, together with the request that Alma makes of it in ILLiad.
    Borrowing,
}

impl ProbeKind {
    /// The kind as screens show it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Probe => "test request",
            Self::Negative => "control request",
            Self::Borrowing => "borrowing request",
        }
    }

    /// The kind in the title of a request. Requests that an earlier version left behind have these words too.
    fn in_title(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Negative => "negative twin",
            Self::Borrowing => "borrowing request",
        }
    }
}

/// A borrowing request that a person placed in Alma for a proof, as it was when that person gave its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestByHand {
    /// Its id in Alma.
    pub id: String,
    /// Its title, which must begin with [`TITLE`].
    pub title: String,
}

/// Whether a title begins with [`TITLE`], letter by letter, and goes on with another word or not at all.
pub fn is_marked(title: &str) -> bool {
    title.strip_prefix(TITLE).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The title of a test request, which tells staff to cancel it.
pub(crate) fn title(kind: ProbeKind, token: &ProbeToken) -> String {
    format!("{TITLE}: {} {token} of a set-up check", kind.in_title())
}

/// The `CitedIn` of a test request.
pub fn cited_in(site: &Site, kind: ProbeKind, token: &ProbeToken) -> String {
    match kind {
        ProbeKind::Negative => format!("lastresort-negative-{token}"),
        ProbeKind::Probe | ProbeKind::Borrowing => format!("{}-lastresort-{token}", site.institution),
    }
}

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

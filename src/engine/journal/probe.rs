//! What a test request is, in which system it stands, and how it ended.
use crate::site::Site;
use serde::{Deserialize, Serialize};

/// One of the two systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Alma.
    Alma,
    /// ILLiad.
    Illiad,
}

impl System {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alma => "Alma",
            Self::Illiad => "ILLiad",
        }
    }
}

/// Why nothing is left of it in a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeEnd {
    /// Cancelled, and read again with this status.
    Cancelled(String),
    /// It was there, and is not any more.
    Gone,
    /// Certainly never made.
    Refused(String),
    /// Of unknown outcome, looked for, and not there.
    NotFound,
}

/// What every title begins with.
pub const TITLE: &str = "TEST please cancel";

/// What was made to be watched and cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeKind {
    /// Looks like Alma's: the rule must route it.
    Probe,
    /// Does not look like Alma's: the rule must leave it alone.
    Negative,
    /// A borrowing request in Alma, and what Alma makes of it in ILLiad.
    Borrowing,
}

impl ProbeKind {
    /// On screens.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Negative => "negative twin",
            Self::Borrowing => "borrowing request",
        }
    }
}

/// A title that says what to do with it.
#[must_use]
pub(crate) fn title(kind: ProbeKind, token: &str) -> String {
    format!("{TITLE}: {} {token} of a set-up check", kind.title())
}

/// The `CitedIn` of a request made here.
#[must_use]
pub fn cited_in(site: &Site, kind: ProbeKind, token: &str) -> String {
    match kind {
        ProbeKind::Negative => format!("lastresort-negative-{token}"),
        ProbeKind::Probe | ProbeKind::Borrowing => format!("{}-lastresort-{token}", site.institution),
    }
}

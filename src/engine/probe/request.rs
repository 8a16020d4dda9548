//! The test requests of a probe, and what is said while they are watched.
use crate::engine::journal::{ProbeKind, cited_in, title};
use crate::site::Site;

/// Something worth telling while a proof runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofProgress {
    /// Of what; none: of the whole.
    pub about: Option<ProbeKind>,
    /// What happened.
    pub words: String,
}

/// A request to be made in ILLiad. It names no status, so that it takes the default path (facts/illiad.md §2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransaction {
    /// `Username`.
    pub username: String,
    /// `LoanTitle`.
    pub title: String,
    /// `LoanAuthor`.
    pub author: String,
    /// `CitedIn`: what the rule looks at, and what finds the request again.
    pub cited_in: String,
}

impl NewTransaction {
    /// The probe, or its negative twin.
    #[must_use]
    pub fn of(site: &Site, patron: &str, kind: ProbeKind, token: &str) -> Self {
        Self {
            username: patron.to_owned(),
            title: title(kind, token),
            author: "last-resort set-up check".to_owned(),
            cited_in: cited_in(site, kind, token),
        }
    }
}

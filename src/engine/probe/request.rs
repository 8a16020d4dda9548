//! The test requests of a probe, and the progress messages while they are watched.
use crate::engine::journal::{ProbeKind, cited_in, title};
use crate::site::Site;

/// A progress message of a running proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofProgress {
    /// The request it is about. `None` means the whole proof.
    pub about: Option<ProbeKind>,
    pub words: String,
}

/// A request to be created in ILLiad. It sets no status, because we do not know whether a status would make ILLiad skip
/// its routing rules (facts/illiad.md §2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransaction {
    pub username: String,
    pub title: String,
    pub author: String,
    /// The rule matches on it, and it finds the request again.
    pub cited_in: String,
}

impl NewTransaction {
    /// Builds the probe or its twin.
    pub fn of(site: &Site, patron: &str, kind: ProbeKind, token: &str) -> Self {
        Self {
            username: patron.to_owned(),
            title: title(kind, token),
            author: "last-resort set-up check".to_owned(),
            cited_in: cited_in(site, kind, token),
        }
    }
}

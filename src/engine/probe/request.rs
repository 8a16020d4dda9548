//! The test requests of a probe, and the progress messages while they are watched.
use crate::engine::journal::{ProbeKind, ProbeToken, cited_in, title};
use crate::site::Site;
use crate::text::span;
use std::time::Duration;

/// A progress message of a running proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofProgress {
    /// The request it is about. `None` means the whole proof.
    pub about: Option<ProbeKind>,
    pub words: String,
    /// What the proof does from now on, if these words begin something that takes its time.
    pub wait: Option<ProofWait>,
}

/// How long a part of a proof takes at most, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofWait {
    pub at_most: Duration,
    /// What happens at the end of that time, as a sentence.
    pub then: &'static str,
}

impl ProofProgress {
    /// What happened, in one line.
    pub fn line(&self) -> String {
        let about = self.about.map_or(String::new(), |kind| format!("{}: ", kind.title()));
        let limit = self.wait.as_ref().map_or(String::new(), |wait| format!(", for at most {}", span(wait.at_most)));
        format!("{about}{}{limit}", self.words)
    }

    /// The line, and what happens at the end of the time that it names.
    pub fn whole(&self) -> String {
        let then = self.wait.as_ref().map_or(String::new(), |wait| format!(". {}", wait.then));
        self.line() + &then
    }
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
    pub fn of(site: &Site, patron: &str, kind: ProbeKind, token: &ProbeToken) -> Self {
        Self {
            username: patron.to_owned(),
            title: title(kind, token),
            author: "last-resort set-up check".to_owned(),
            cited_in: cited_in(site, kind, token),
        }
    }
}

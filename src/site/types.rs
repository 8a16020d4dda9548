//! Accepted facts of a campus.
use super::host::ServiceUrl;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An Alma institution code, `01CUNY_QC`: letters, digits and underscores, so that it is safe as a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CampusCode(String);

impl CampusCode {
    /// Takes a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (3..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && text.contains('_');
        fits.then(|| Self(text.to_owned()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CampusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which Alma: each has keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// For trying.
    Sandbox,
    /// What patrons use.
    Production,
}

impl Environment {
    /// From the campus file's word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sandbox, Self::Production].into_iter().find(|each| each.as_str() == text)
    }

    /// As in the campus file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
        }
    }
}

/// Whether the rule is set up ahead of time (disabled) or live (enabled).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The rule is set up but disabled.
    Ahead,
    /// The rule is enabled.
    Live,
}

impl Stance {
    /// From the campus file's word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ahead, Self::Live].into_iter().find(|each| each.as_str() == text)
    }

    /// As in the campus file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Live => "live",
        }
    }
}

/// A campus, accepted. Made by [`super::SiteDraft::accept`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Institution code.
    pub institution: CampusCode,
    /// For people; the code where the file gives none.
    pub name: String,
    /// Sandbox or production.
    pub environment: Environment,
    /// Ahead or live.
    pub stance: Stance,
    /// Alma's API gateway.
    pub alma_url: ServiceUrl,
    /// Code of the Resource Sharing Library.
    pub library: String,
    /// Name or code of the desk.
    pub receive_desk: String,
    /// ILLiad's Web Platform.
    pub illiad_url: ServiceUrl,
    /// ILLiad's NVTGC.
    pub nvtgc: String,
    /// EMPLIDs of staff who agreed; the first is the test patron of `prove`.
    pub sample: Vec<String>,
    /// For how many days something pasted or imported counts; older, it asks for renewal.
    pub evidence_days: u32,
}

//! A patron's accounts in Alma and ILLiad, and what they can be used for.
use super::alma::AlmaUser;
use super::observation::Observation;
use serde::{Deserialize, Serialize};

/// A user in ILLiad (facts/illiad.md §1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadUser {
    pub user_name: String,
    pub cleared: Option<String>,
    pub nvtgc: Option<String>,
    /// "Created via Alma" when Alma created the account.
    pub status: Option<String>,
    pub fill: AccountFill,
}

/// Whether an account has more than a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccountFill {
    #[default]
    Whole,
    /// The fields of the person are there, and empty.
    NameOnly,
}

/// What an ILLiad account can be used for, as its record shows (facts/illiad.md §1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Cleared, so it takes requests.
    Usable,
    /// New or not cleared yet, which does not stop requests.
    NotCleared,
    /// Merged into another account or replaced by one (`Cleared` DIS).
    Disavowed,
    /// Blocked by staff (`Cleared` begins with B).
    Blocked,
    /// A name and hardly anything else.
    HalfEmpty,
    /// `Cleared` has a value that we do not know.
    NotKnown,
}

impl IlliadUser {
    /// What the account can be used for.
    pub fn state(&self) -> AccountState {
        let cleared = self.cleared.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
        match (cleared.as_str(), self.fill) {
            ("DIS", _) => AccountState::Disavowed,
            (word, _) if word.starts_with('B') => AccountState::Blocked,
            ("", _) | (_, AccountFill::NameOnly) => AccountState::HalfEmpty,
            ("YES", _) => AccountState::Usable,
            ("NO" | "NEW", _) => AccountState::NotCleared,
            _ => AccountState::NotKnown,
        }
    }
}

impl AccountState {
    /// What keeps the account from taking requests, in words. `None` if nothing does.
    pub fn trouble(self) -> Option<&'static str> {
        match self {
            Self::Usable | Self::NotCleared => None,
            Self::Disavowed => {
                Some("is disavowed (Cleared is DIS: merged away or replaced), so it accepts no requests")
            }
            Self::Blocked => Some("is blocked (Cleared begins with B), so it accepts no requests"),
            Self::HalfEmpty => Some("has little more than a name, and may or may not accept requests"),
            Self::NotKnown => Some("has an unfamiliar value of Cleared, and may or may not accept requests"),
        }
    }
}

/// The accounts of one EMPLID in Alma and ILLiad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronObservation {
    /// The EMPLID as written in the campus file.
    pub emplid: String,
    pub alma: Observation<AlmaUser>,
    /// The ILLiad user whose `UserName` is the EMPLID.
    pub illiad: Observation<IlliadUser>,
    /// The ILLiad user whose `ExternalUserId` is the EMPLID.
    pub by_external_id: Observation<IlliadUser>,
}

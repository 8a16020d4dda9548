//! A set-up that was not finished.
use super::draft::SiteDraft;
use jiff::Timestamp;

/// The answers so far of an unfinished set-up. It has no API keys, because a campus file has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSetup {
    /// When the set-up began.
    pub at: Timestamp,
    /// The answers so far.
    pub draft: SiteDraft,
}

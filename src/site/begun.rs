//! A set-up left half-way.
use super::draft::SiteDraft;
use jiff::Timestamp;

/// What was answered so far of a set-up that nobody ended. No key is in it: keys are no part of a campus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSetup {
    /// When it was begun.
    pub at: Timestamp,
    /// The answers.
    pub draft: SiteDraft,
}

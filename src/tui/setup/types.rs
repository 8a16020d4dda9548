//! What the list of campuses offers.
use crate::site::SavedSetup;

/// A line that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it stands for in the campus file.
    pub value: String,
    /// As people say it.
    pub label: String,
    /// Something to know of it.
    pub note: Option<String>,
    /// What else a campus file may call it.
    pub code: Option<String>,
}

/// A set-up begun earlier, on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedSetup {
    /// What was answered.
    pub begun: SavedSetup,
    /// When, as people say it.
    pub when: String,
}

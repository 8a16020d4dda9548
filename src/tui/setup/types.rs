//! What the list of campuses offers.
use crate::site::SavedSetup;

/// A line that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The value in the campus file.
    pub value: String,
    /// The words that people read.
    pub label: String,
    /// Extra information beside it.
    pub note: Option<String>,
    /// Another name that a campus file may use.
    pub code: Option<String>,
}

/// A set-up begun earlier, which can be resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedSetup {
    pub begun: SavedSetup,
    /// When it was begun, as people read it.
    pub when: String,
}

//! What both systems answered about one person.
use super::alma::AlmaUser;
use super::illiad::IlliadUser;
use super::outcome::Seen;

/// One EMPLID in both systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronSeen {
    /// As in the campus file.
    pub emplid: String,
    /// In Alma.
    pub alma: Seen<AlmaUser>,
    /// In ILLiad, under that username.
    pub illiad: Seen<IlliadUser>,
    /// In ILLiad, under that `ExternalUserId`.
    pub by_external_id: Seen<IlliadUser>,
}

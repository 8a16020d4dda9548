//! What both systems answered about one person.
use super::alma::AlmaUser;
use super::illiad::IlliadUser;
use super::outcome::Observation;

/// One EMPLID in both systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronObservation {
    /// As in the campus file.
    pub emplid: String,
    /// In Alma.
    pub alma: Observation<AlmaUser>,
    /// In ILLiad, under that username.
    pub illiad: Observation<IlliadUser>,
    /// In ILLiad, under that `ExternalUserId`.
    pub by_external_id: Observation<IlliadUser>,
}

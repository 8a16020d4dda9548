//! What both systems know about one patron.
use super::alma::AlmaUser;
use super::illiad::IlliadUser;
use super::outcome::Observation;

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

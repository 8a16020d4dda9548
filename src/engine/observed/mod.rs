//! What the two systems answered. "Could not look" is a result of its own and never counts as "missing".
mod alma;
mod illiad;
mod outcome;
mod patron;

pub use alma::{
    AlmaObservations, AlmaUser, CodeRow, Desk, ExportKey, General, Library, Location, PartnerRecord, WireFormat,
    WriteAccess,
};
pub use illiad::{IlliadObservations, IlliadUser, Transaction};
pub use outcome::{Observation, UnreadKind, UnreadReason};
pub use patron::PatronObservation;

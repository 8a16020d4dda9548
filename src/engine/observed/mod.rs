//! What the two systems answered. "Could not look" is a result of its own and never counts as "missing".
mod account;
mod alma;
mod illiad;
mod observation;

pub use account::{AccountFill, AccountState, IlliadUser, PatronObservation};
pub use alma::{
    AlmaObservations, AlmaUser, CodeRow, Desk, ExportKey, General, Library, Location, PartnerEntry, PartnerRecord,
    WireFormat, WriteAccess,
};
pub use illiad::{IlliadObservations, NumberedRequest, PatronRequests, Transaction};
pub use observation::{ListExtent, Observation, RowList, UnreadKind, UnreadReason};

//! What the two systems answered. "Could not look" is never "missing".
mod alma;
mod illiad;
mod outcome;
mod patron;

pub use alma::{
    AlmaSeen, AlmaUser, CodeRow, Desk, ExportKey, General, Library, Location, MayWrite, PartnerRecord, Wire,
};
pub use illiad::{IlliadSeen, IlliadUser, Transaction};
pub use outcome::{Seen, Unread, WhyUnread};
pub use patron::PatronSeen;

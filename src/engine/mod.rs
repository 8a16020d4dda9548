//! Pure judgement: what was seen, held against the recipe for a campus. No I/O, no clock, no environment.
mod history;
mod seen;

pub use history::{Entry, Line, Outcome, Purpose, Verb, key_written, said, unfinished};
pub use seen::{
    AlmaSeen, AlmaUser, CodeRow, Desk, ExportKey, General, IlliadSeen, IlliadUser, KeyWritten, Library, Location,
    MayWrite, PartnerRecord, PatronSeen, Said, Seen, Snapshot, Transaction, Unread, WhyUnread, Wire,
};

//! The program's files: campus files, journal and before-images, forecast memory, lock and log. Folders follow the
//! XDG specification on every system.
mod archive;
mod campuses;
mod edit;
mod folders;
mod given;
mod journal;
mod journal_lines;
mod known_campus;
mod lock;
mod log;
mod memory;
mod preferred;
mod private;
mod saved_records;
mod saved_setup;
mod text;
mod user_file;

pub use campuses::{CampusFiles, CampusListing};
pub use folders::{Folders, OwnFolder};
pub use given::replace_public;
pub(in crate::io) use given::{keep_private, read_given};
pub use journal::JournalFile;
pub use known_campus::KnownCampus;
pub use lock::Lock;
pub use log::{log_subscriber, log_to};
pub use memory::{MemoryFile, MemoryStart};
pub use preferred::Preferences;
pub use saved_setup::SetupFile;
pub use text::printable;
pub(in crate::io) use user_file::{MOST_GIVEN_BYTES, STANDARD_INPUT, given_file};

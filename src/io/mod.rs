//! One real adapter for each port.
mod clock;
mod files;
mod keyring;
pub mod prompt;

pub use clock::SystemClock;
pub use files::{
    CampusFiles, Folders, JournalFile, Known, Listing, Lock, OwnFolder, Reading, log_subscriber, log_to, login_name,
    printable,
};
pub use keyring::{CampusKeys, Keyring, RunKeys, harden, variable};

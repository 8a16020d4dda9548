//! The adapters: one for each port, and the only place where the outside is touched.
pub mod alma;
mod blot;
mod clock;
mod files;
pub mod http;
pub mod illiad;
mod keyring;
pub mod prompt;
mod tables;
pub mod text;

pub use alma::{AlmaClient, AlmaWriter};
pub use clock::SystemClock;
pub use files::{
    CampusFiles, Folders, JournalFile, Known, Listing, Lock, OwnFolder, Reading, log_subscriber, log_to, login_name,
    printable,
};
pub use http::{Http, Limits};
pub use illiad::IlliadClient;
pub use keyring::{CampusKeys, Keyring, RunKeys, harden, variable};
pub use tables::read_sheets;

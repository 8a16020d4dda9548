//! The adapters, one for each port. Only this module touches the outside world.
pub mod alma;
mod blot;
mod child;
mod clock;
mod closed;
mod files;
pub mod http;
pub mod illiad;
mod keyring;
mod machine;
pub mod progress;
pub mod prompt;
mod tables;
pub mod text;
mod tmux;

pub use alma::{AlmaClient, AlmaRequester, AlmaWriter};
pub use clock::SystemClock;
pub use closed::stdout_was_closed;
pub use files::SetupFile;
pub use files::{
    CampusFiles, CampusListing, Folders, JournalFile, KnownCampus, Lock, MemoryFile, MemoryStart, OwnFolder,
    Preferences, given_file, log_subscriber, log_to, login_name, printable,
};
pub use http::Http;
pub use http::HttpLimits;
pub use illiad::{IlliadClient, IlliadWriter};
pub use keyring::{CampusKeys, Keyring, SessionKeys, from_environment, harden, variable};
pub use machine::fit_to_run;
pub use tables::read_sheets;
pub use tmux::tmux_takes_utf8;

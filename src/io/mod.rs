//! The adapters, one for each port. Only this module touches the outside world.
mod account;
pub mod alma;
mod blot;
mod child;
mod clock;
mod closed;
mod files;
pub mod http;
pub mod illiad;
mod keyring;
mod long_answers;
mod machine;
pub mod progress;
pub mod prompt;
pub mod shown;
mod tables;
pub mod text;
mod tmux;

pub use account::Account;
pub use alma::{AlmaClient, AlmaRequester, AlmaWriter};
pub use child::child_command;
pub use clock::SystemClock;
pub use closed::stdout_was_closed;
pub use files::SetupFile;
pub use files::{
    CampusFiles, CampusListing, Folders, JournalFile, KnownCampus, Lock, MemoryFile, MemoryStart, OwnFolder,
    Preferences, log_subscriber, log_to, printable, replace_public,
};
pub use http::Http;
pub use http::HttpLimits;
pub use illiad::{IlliadClient, IlliadWriter};
pub use keyring::{CampusKeys, Keyring, SessionKeys, from_environment, harden, keep_credential, variable};
pub use long_answers::long_answers;
pub use machine::fit_to_run;
pub use tables::{ExportedFile, TableFault, read_exported, read_sheets, sheets_in};
pub use tmux::tmux_takes_utf8;

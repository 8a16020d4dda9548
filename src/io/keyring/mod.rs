//! Keys: from the environment first, then from a folder of credentials, then from where the campus file says, then from the operating system's keyring, and never from a file
//! of ours.
mod campus;
mod credentials;
mod environment;
mod harden;
#[cfg(target_os = "linux")]
mod kernel;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod native;
mod opened;
mod outside;
mod run;
#[cfg(target_os = "linux")]
mod store_test;
mod vault;

pub use campus::{CampusKeys, Keyring};
pub use credentials::keep_credential;
pub use environment::{from_environment, variable};
pub use harden::harden;
pub use run::SessionKeys;

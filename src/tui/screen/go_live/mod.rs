//! Going live: the gates, the switch, and the way back.
mod keys;
mod last_word;
mod page;
mod state;
mod update;

pub use state::{GatesWork, GoLiveScreen};
pub(in crate::tui) use update::{gated, open};

//! Going live: the gates, the switch, and the way back.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::{GatesWork, GoLiveScreen};
pub(in crate::tui) use update::{gated, open};

//! The first screen: what the program is for, what will happen, and what to have at hand.
pub(super) mod keys;
pub(super) mod page;
mod state;
mod update;

pub use state::WelcomeScreen;

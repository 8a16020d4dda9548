//! The set-up of a campus: which questions there are, and what was typed so far.
mod offer;
mod question;
mod state;
mod types;
mod unfinished;

pub use question::{FixedChoice, Question, SetupPage, Widget};
pub(super) use state::whose;
pub use state::{Setup, SystemsQuery};
pub use types::{Offer, UnfinishedSetup};

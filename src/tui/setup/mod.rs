//! The set-up of a campus: its questions, and the answers so far.
mod environment;
mod misplaced;
mod offer;
mod question;
mod state;
mod systems_query;
mod types;
mod unfinished;

pub use misplaced::A_KEY_HERE;
pub(super) use question::address_of;
pub use question::{FixedChoice, Question, SetupPage, Widget};
pub use state::Setup;
pub(super) use state::whose;
pub use systems_query::SystemsQuery;
pub use types::{Offer, UnfinishedSetup};

//! The set-up of a campus: which questions there are, and what was typed so far.
mod ask;
mod half;
mod offer;
mod state;
mod types;

pub use ask::{Ask, Choice, Page, Widget};
pub(super) use state::whose;
pub use state::{Asked, Setup};
pub use types::{Half, Offer};

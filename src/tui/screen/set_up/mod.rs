//! The set-up of a campus: the list of campuses, two pages of questions, and a review.
mod between;
mod campuses;
mod form;
mod heading;
pub(super) mod keys;
mod moves;
pub(super) mod page;
mod remarks;
mod replies;
mod review;
mod state;
mod update;

pub(in crate::tui) use between::{cursor, hide_keys, keep};
pub use heading::resting_words;
pub(in crate::tui) use replies::{explored, saved};
pub use state::SetUpScreen;
pub(in crate::tui) use update::open;

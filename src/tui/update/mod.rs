//! What happens to the model: a function of model and message, and of nothing else.
mod copy;
mod errand;
mod leave;
mod mouse;
mod paste_back;
mod prove;
mod reading;
mod replies;
mod setup;
mod sign;
mod steps;
mod turn;
mod write;

pub use leave::unsent;
pub use turn::{begin, update};

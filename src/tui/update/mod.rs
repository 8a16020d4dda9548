//! Changes the model: a function of model and message, and of nothing else.
mod leave;
mod message;
mod mouse;
mod replies;

pub use leave::unsent;
pub use message::{begin, update};

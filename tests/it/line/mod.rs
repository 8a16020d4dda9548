//! The wizard as prompts, used as a person or a script would: through a pipe, and at a terminal that cannot be drawn on.
mod board;
mod copies;
mod half;
mod leaving;
pub(crate) mod newcomer;
mod once;
mod reasons;
mod setup;
pub(crate) mod talk;
mod transcripts;
mod whole;

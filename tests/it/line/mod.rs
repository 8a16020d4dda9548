//! The wizard as numbered prompts, driven as a person or a script drives it: through a pipe, and at a terminal that cannot be drawn on.
mod copies;
mod half;
mod leaving;
mod newcomer;
mod reasons;
mod setup;
mod talk;
mod transcripts;

//! Line mode: the whole wizard as numbered prompts that only append, for screen readers and plain terminals.
//!
//! The same model, messages, update function and worker as the full screen. Here the model only becomes lines (`spoken`, `listing`),
//! prompts (`ask`) and what a typed line means (`answer`); which actions there are comes from the one table of keys.
mod answer;
mod ask;
mod echo;
mod greeting;
mod help;
mod listing;
mod meanwhile;
mod memory;
mod paper;
mod reader;
mod run;
mod spoken;
mod why;

pub use answer::{Answer, answer};
pub use ask::{Kind, Prompt, prompt};
pub use echo::Echo;
pub use help::help;
pub use listing::{Block, Line, Listing, begun, detail, listing, steps, waits};
pub use run::run;
pub use why::{Around, Why, why};

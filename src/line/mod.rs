//! Line mode: the whole wizard as numbered prompts that only append, for screen readers and plain terminals.
//!
//! The same model, messages, update function and worker as the full screen. Here the rows only become lines (`speech`, `listing`), and
//! the model prompts (`prompt`) and what a typed line means (`answer`); which actions there are comes from the one table of keys.
mod answer;
mod greeting;
mod help;
mod listing;
mod memory;
mod moves;
mod printer;
mod prompt;
mod reader;
mod reason;
mod run;
mod speech;
mod typing;
mod waiting;

pub use answer::{PromptAnswer, answer};
pub use help::help;
pub use listing::{ListingBlock, ListingLine, ScreenListing, begun, detail, listing, steps, waits};
pub use prompt::{Prompt, PromptKind, prompt};
pub use reason::{LineModeReason, Surroundings, reason};
pub use run::run;
pub use typing::Echo;

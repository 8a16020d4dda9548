//! Line mode: the whole wizard as prompts that only append to the output, for screen readers and plain terminals.
//!
//! It shares model, messages, update function and worker with the full screen. Only three things are its own: rows become lines
//! (`speech`, `listing`), the model becomes a prompt (`prompt`), and a typed line becomes an answer (`answer`). The possible actions come
//! from the screens' key tables.
mod answer;
mod help;
mod listing;
mod listing_line;
mod memory;
mod printer;
mod prompt;
mod reader;
mod reason;
mod run;
mod search;
mod speech;
mod typing;
mod waiting;

pub use answer::{PromptAnswer, answer};
pub use help::help;
pub use listing::{ListingBlock, ScreenListing, begun, detail, listing, steps, waits};
pub use listing_line::{LineKind, ListingLine};
pub use prompt::{LineOffer, Prompt, PromptKind, prompt};
pub use reason::{LineModeReason, Surroundings, reason};
pub use run::run;
pub use typing::Echo;

//! Keys: what they mean, where they work and how they are called. Footer and help come from the screens' key tables.
pub(in crate::tui) mod binding;
mod footer;
mod help;
mod key;
mod pressed;

pub use binding::{Binding, EDITING, KeyTable, ONE_OF_THEM};
pub use footer::{FooterKey, enter_words, footer};
pub use help::{HelpLines, editing_help, help, help_words};
pub use key::Key;
pub use pressed::{intent, key_table, key_tables, say_nothing_here, text_use, under_help, works, works_under_help};

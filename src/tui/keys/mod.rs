//! Keys: what is meant by them, where they work and what they are called. Footer and help are printed from the screens' tables.
pub(in crate::tui) mod binding;
mod footer;
mod help;
mod key;
mod pressed;

pub use binding::{Binding, EDITING, KeyTable, ONE_OF_THEM};
pub use footer::{FooterKey, enter_words, footer};
pub use help::{Characters, HelpLines, editing_help, enter_words_under_help, help};
pub use key::Key;
pub use pressed::{intent, key_table, key_tables, text_use, under_help, works, works_under_help};

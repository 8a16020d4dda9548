//! One table: key to intent, where it works and what it is called. Footer and help are printed from it.
mod here;
mod key;
mod table;
mod words;

pub use here::{context, intent, under_help, works};
pub use key::Key;
pub use table::{Binding, Context, EDITING, TABLE};
pub use words::{
    Characters, FooterKey, HelpLines, ONE_OF_THEM, editing_help, enter_words, enter_words_under_help, footer, help,
    stays_blank,
};

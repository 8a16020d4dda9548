//! The help: no screen of the list, but a page over any of them, that asks it for its keys and marks.
mod keys;
mod page;
mod update;

pub(in crate::tui) use keys::HELP_KEYS;
pub(in crate::tui) use page::page;
pub(in crate::tui) use update::key;

//! The help. It is not in the list of screens: it opens over any screen, and shows that screen's keys and marks.
mod keys;
mod page;
mod update;

pub(in crate::tui) use keys::HELP_KEYS;
pub(in crate::tui) use page::page;
pub(in crate::tui) use update::key;

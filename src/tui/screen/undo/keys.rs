//! The keys of the undo.
use crate::tui::keys::binding::{BACK_UNSENT, ENTER, KeyTable, LAST};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "undo", groups: &[&[ENTER, BACK_UNSENT], LAST] }];

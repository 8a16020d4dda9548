//! The keys of the undo.
use crate::tui::keys::binding::{BACK_UNSENT, KeyTable, LAST, SCROLL};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "undo", groups: &[SCROLL, &[BACK_UNSENT], LAST] }];

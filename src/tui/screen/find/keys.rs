//! The keys of the search.
use crate::tui::keys::binding::{BACK, KeyTable, LAST, LIST};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "find", groups: &[LIST, &[BACK], LAST] }];

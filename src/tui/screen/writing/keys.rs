//! The keys of a running write.
use crate::tui::keys::binding::{KeyTable, LAST};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "writing", groups: &[LAST] }];

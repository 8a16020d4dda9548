//! The keys of the first screen.
use crate::tui::keys::binding::{KeyTable, LAST_WITH_QUIT, READ};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "welcome", groups: &[READ, LAST_WITH_QUIT] }];

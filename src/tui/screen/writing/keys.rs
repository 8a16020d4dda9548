//! The keys of a running write.
use crate::tui::keys::binding::{INTERRUPT, KeyTable, OPEN_HELP, SUSPEND};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable { of: "writing", bindings: &[OPEN_HELP, INTERRUPT, SUSPEND] }];

//! The keys of a write in flight.
use crate::tui::keys::binding::{INTERRUPT, KeyTable, OPEN_HELP, SUSPEND};

/// In the order of footer and help.
pub(super) static KEYS: &[KeyTable] = &[KeyTable { of: "writing", bindings: &[OPEN_HELP, INTERRUPT, SUSPEND] }];

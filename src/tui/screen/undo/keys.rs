//! The keys of the undo.
use crate::tui::keys::binding::{BACK_UNSENT, ENTER, INTERRUPT, KeyTable, OPEN_HELP, SUSPEND};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] =
    &[KeyTable { of: "undo", bindings: &[ENTER, BACK_UNSENT, OPEN_HELP, INTERRUPT, SUSPEND] }];

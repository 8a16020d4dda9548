//! The keys of a running proof.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{INTERRUPT, KeyTable, OPEN_HELP, SUSPEND, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "proving",
    bindings: &[
        bind(&[Key::Esc], Intent::Back, "stop and cancel", "Ends the watch; what was made is cancelled and read again"),
        OPEN_HELP,
        INTERRUPT,
        SUSPEND,
    ],
}];

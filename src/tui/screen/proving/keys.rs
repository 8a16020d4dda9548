//! The keys of a proof under way.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{INTERRUPT, KeyTable, OPEN_HELP, SUSPEND, bind};
use crate::tui::msg::Intent;

/// In the order of footer and help.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "proving",
    bindings: &[
        bind(&[Key::Esc], Intent::Back, "stop and cancel", "Ends the watch; what was made is cancelled and read again"),
        OPEN_HELP,
        INTERRUPT,
        SUSPEND,
    ],
}];

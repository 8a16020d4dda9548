//! The keys of a running forecast.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{INTERRUPT, KeyTable, OPEN_HELP, SUSPEND, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "forecasting",
    bindings: &[
        bind(&[Key::Esc], Intent::Back, "stop", "Stops; what was read is kept for a day"),
        OPEN_HELP,
        INTERRUPT,
        SUSPEND,
    ],
}];

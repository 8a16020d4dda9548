//! The keys of a running proof.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{KeyTable, LAST, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "proving",
    groups: &[
        &[bind(
            &[Key::Esc],
            Intent::Back,
            "stop and cancel",
            "Stops watching; the test requests are cancelled and read back",
        )],
        LAST,
    ],
}];

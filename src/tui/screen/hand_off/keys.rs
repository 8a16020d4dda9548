//! The keys of the hand-off.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK, KeyTable, LAST_WITH_QUIT, READ, WHOLE_ANSWER, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "hand-off",
    groups: &[
        READ,
        &[
            bind(
                &[Key::Char('c')],
                Intent::Copy,
                "copy the reply",
                "Sends the ticket reply to the clipboard; press again to see it as plain text",
            ),
            bind(
                &[Key::Char('C')],
                Intent::CopyCard,
                "copy all",
                "Copies the whole hand-off; press again to see it as plain text",
            ),
            WHOLE_ANSWER,
            BACK,
        ],
        LAST_WITH_QUIT,
    ],
}];

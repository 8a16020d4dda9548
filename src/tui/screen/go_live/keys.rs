//! The keys of the go-live screen.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK, KeyTable, LAST_WITH_QUIT, SCROLL, WHOLE_ANSWER, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "gates",
    groups: &[
        SCROLL,
        &[
            bind(
                &[Key::Char('c')],
                Intent::Copy,
                "copy card",
                "Sends the card to the clipboard; press again to see it as plain text",
            ),
            bind(
                &[Key::Char('C')],
                Intent::CopyCard,
                "",
                "Copies all cards and checks; press again to see them as plain text",
            ),
            bind(
                &[Key::Char('u')],
                Intent::Undo,
                "undo go-live",
                "Asks for the campus code, then sets the campus back to \"set up ahead\"",
            ),
            WHOLE_ANSWER,
            BACK,
        ],
        LAST_WITH_QUIT,
    ],
}];

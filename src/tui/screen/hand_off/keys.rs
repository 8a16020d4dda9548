//! The keys of the hand-off.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND, TO_END,
    TO_TOP, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "hand-off",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TO_TOP,
        TO_END,
        bind(
            &[Key::Char('c')],
            Intent::Copy,
            "copy the reply",
            "Sends the ticket reply to the terminal's clipboard; pressed again, shows it plainly for the mouse",
        ),
        bind(
            &[Key::Char('C')],
            Intent::CopyCard,
            "copy all",
            "Copies the whole hand-off; pressed again, shows it plainly for the mouse",
        ),
        BACK,
        OPEN_HELP,
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
}];

//! The keys of the go-live screen.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "gates",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        bind(
            &[Key::Char('c')],
            Intent::Copy,
            "copy card",
            "Sends the card to the terminal's clipboard; pressed again, shows it plainly for the mouse",
        ),
        bind(
            &[Key::Char('C')],
            Intent::CopyCard,
            "",
            "Copies all cards and gates; pressed again, shows them plainly for the mouse",
        ),
        bind(
            &[Key::Char('u')],
            Intent::Undo,
            "the way back",
            "Asks for the campus code, then sets the campus back to set up ahead",
        ),
        BACK,
        OPEN_HELP,
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
}];

//! The keys of the proof, before it begins.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK_UNSENT, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, SCROLL_DOWN, SCROLL_UP, SUSPEND, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "prove",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        bind(
            &[Key::Tab],
            Intent::Next,
            "ILLiad only/from Alma",
            "Changes between ILLiad only and the whole chain from Alma",
        ),
        BACK_UNSENT,
        OPEN_HELP,
        INTERRUPT,
        SUSPEND,
    ],
}];

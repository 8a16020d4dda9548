//! The keys of the result of a proof.
use crate::tui::keys::binding::{
    BACK, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND, TO_END,
    TO_TOP,
};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "proof result",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TO_TOP,
        TO_END,
        BACK,
        OPEN_HELP,
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
}];

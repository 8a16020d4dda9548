//! The keys of the result of a forecast.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND, TO_END,
    TO_TOP, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "forecast result",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TO_TOP,
        TO_END,
        bind(
            &[Key::Tab],
            Intent::Next,
            "hashes or EMPLIDs",
            "Changes between hashes that stand for people and their EMPLIDs",
        ),
        BACK,
        OPEN_HELP,
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
}];

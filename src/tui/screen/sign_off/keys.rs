//! The keys of the sign-off.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK_KEEPING, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, SCROLL_DOWN, SCROLL_UP, SUSPEND, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "sign-off",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        bind(&[Key::Tab], Intent::Next, "", "To where yes is typed"),
        bind(&[Key::BackTab], Intent::Previous, "", "To the remark"),
        BACK_KEEPING,
        OPEN_HELP,
        INTERRUPT,
        SUSPEND,
    ],
}];

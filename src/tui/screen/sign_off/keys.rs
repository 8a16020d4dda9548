//! The keys of the sign-off.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK_KEEPING, KeyTable, LAST, SCROLL, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "sign-off",
    groups: &[
        SCROLL,
        &[
            bind(&[Key::Tab], Intent::Next, "", "To the field where you type yes"),
            bind(&[Key::BackTab], Intent::Previous, "", "To the remark"),
            BACK_KEEPING,
        ],
        LAST,
    ],
}];

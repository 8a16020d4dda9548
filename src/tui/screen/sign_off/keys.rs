//! The keys of the sign-off.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK_KEEPING, ENTER, KeyTable, LAST, PAGE_DOWN, PAGE_UP, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "sign-off",
    groups: &[
        &[
            ENTER,
            bind(&[Key::Up], Intent::Up, "", "To the field above; at the first one, scrolls up"),
            bind(&[Key::Down], Intent::Down, "", "To the field below; at the last one, scrolls down"),
            PAGE_UP,
            PAGE_DOWN,
            bind(
                &[Key::Tab],
                Intent::Next,
                "",
                "To the field where you type yes; from a withdrawal, to the remark of that sign-off",
            ),
            bind(&[Key::BackTab], Intent::Previous, "", "To the remark"),
            BACK_KEEPING,
        ],
        LAST,
    ],
}];

//! The keys of each page of the set-up.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK_KEEPING, ENTER, INTERRUPT, KeyTable, MOVE_DOWN, MOVE_UP, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN,
    SCROLL_UP, SUSPEND, TO_END, TO_TOP, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[
    KeyTable {
        of: "campuses",
        bindings: &[
            ENTER,
            MOVE_UP,
            MOVE_DOWN,
            PAGE_UP,
            PAGE_DOWN,
            bind(&[Key::Esc], Intent::Back, "back", "Back to the steps; where there are none yet, to all campuses"),
            OPEN_HELP,
            INTERRUPT,
            SUSPEND,
        ],
    },
    KeyTable {
        of: "form",
        bindings: &[
            ENTER,
            MOVE_UP,
            MOVE_DOWN,
            bind(&[Key::Tab], Intent::Next, "", "The next field; one that is wrong stays marked"),
            bind(&[Key::BackTab], Intent::Previous, "", "The field before"),
            bind(
                &[Key::PageDown],
                Intent::PageDown,
                "next page",
                "The next page; an answer that cannot be right is mended first",
            ),
            bind(&[Key::PageUp], Intent::PageUp, "", "The page before"),
            bind(&[Key::Left], Intent::Left, "", "The choice before"),
            bind(&[Key::Right, Key::Char(' ')], Intent::Right, "", "The choice after"),
            bind(
                &[Key::F(2), Key::Ctrl('r')],
                Intent::Reveal,
                "show key",
                "Shows the key typed here, or hides it again; leaving the field hides it",
            ),
            BACK_KEEPING,
            OPEN_HELP,
            INTERRUPT,
            SUSPEND,
        ],
    },
    KeyTable {
        of: "review",
        bindings: &[
            ENTER,
            SCROLL_UP,
            SCROLL_DOWN,
            PAGE_UP,
            PAGE_DOWN,
            TO_TOP,
            TO_END,
            BACK_KEEPING,
            OPEN_HELP,
            QUIT,
            INTERRUPT,
            SUSPEND,
        ],
    },
];

//! The keys of each page of the set-up.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK_KEEPING, ENTER, KeyTable, LAST, LAST_WITH_QUIT, LIST, MOVE_DOWN, MOVE_UP, READ, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[
    KeyTable {
        of: "campuses",
        groups: &[
            LIST,
            &[bind(&[Key::Esc], Intent::Back, "back", "Back to the steps; where there are none yet, to all campuses")],
            LAST,
        ],
    },
    KeyTable {
        of: "form",
        groups: &[
            &[
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
            ],
            LAST,
        ],
    },
    KeyTable { of: "review", groups: &[READ, &[BACK_KEEPING], LAST_WITH_QUIT] },
];

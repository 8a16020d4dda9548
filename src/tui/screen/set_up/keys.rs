//! The keys of each page of the set-up.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK_KEEPING, Binding, ENTER, KeyTable, LAST, LAST_WITH_QUIT, LIST, MOVE_DOWN, MOVE_UP, READ, WHOLE_ANSWER, bind,
};
use crate::tui::msg::Intent;

const AGAIN: Binding = bind(
    &[Key::Char('r'), Key::F(5)],
    Intent::Check,
    "check again",
    "Asks Alma and ILLiad again, if one did not answer",
);

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[
    KeyTable {
        of: "campuses",
        groups: &[
            LIST,
            &[bind(&[Key::Esc], Intent::Back, "back", "Back to the steps, or to all campuses if there are none yet")],
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
                bind(&[Key::Tab], Intent::Next, "", "Next field; an invalid answer stays marked"),
                bind(&[Key::BackTab], Intent::Previous, "", "Previous field"),
                Binding { label: "answer", ..WHOLE_ANSWER },
                AGAIN,
                bind(&[Key::PageDown], Intent::PageDown, "next page", "Next page; fix invalid answers first"),
                bind(&[Key::PageUp], Intent::PageUp, "", "Previous page"),
                bind(&[Key::Left], Intent::Left, "", "Previous choice"),
                bind(&[Key::Right, Key::Char(' ')], Intent::Right, "", "Next choice"),
                bind(
                    &[Key::F(2), Key::Ctrl('r')],
                    Intent::Reveal,
                    "show key",
                    "Shows or hides the key you typed; leaving the field hides it",
                ),
                BACK_KEEPING,
            ],
            LAST,
        ],
    },
    KeyTable { of: "review", groups: &[READ, &[WHOLE_ANSWER, AGAIN, BACK_KEEPING], LAST_WITH_QUIT] },
];

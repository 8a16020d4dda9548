//! The keys of the board.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK, KeyTable, LAST, LAST_WITH_QUIT, LIST, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them: those of the board, and those while the filter is typed.
pub(in crate::tui) static KEYS: &[KeyTable] = &[
    KeyTable {
        of: "board",
        groups: &[
            LIST,
            &[
                bind(&[Key::Home], Intent::First, "", "To the first campus"),
                bind(&[Key::End], Intent::Last, "", "To the last campus"),
                bind(&[Key::Char('n')], Intent::NextOpen, "next problem", "To the next campus with a problem"),
                bind(&[Key::Char('N')], Intent::PreviousOpen, "", "To the previous campus with a problem"),
                bind(&[Key::Char('r')], Intent::Check, "check again", "Checks this campus again"),
                bind(&[Key::Char('R')], Intent::CheckAll, "all", "Checks all campuses again"),
                bind(
                    &[Key::Char('o')],
                    Intent::Sort,
                    "order",
                    "Orders the rows: by code, problems first, longest wait first, changes first",
                ),
                bind(
                    &[Key::Char('/')],
                    Intent::Find,
                    "filter",
                    "Shows only some campuses, by code, name, environment, state, step or who must act next",
                ),
                bind(&[Key::Esc], Intent::Back, "show all", "Shows all campuses again"),
            ],
            LAST_WITH_QUIT,
        ],
    },
    KeyTable { of: "board filter", groups: &[LIST, &[BACK], LAST] },
];

/// The index of the keys while the filter is typed.
pub(super) const FILTERING: usize = 1;

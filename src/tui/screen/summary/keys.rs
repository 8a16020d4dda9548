//! The keys of the summary.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{
    BACK, CHECK_ALL, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP,
    STEP_BEFORE, SUSPEND, TO_END, TO_TOP, bind,
};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "summary",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TO_TOP,
        TO_END,
        STEP_BEFORE,
        CHECK_ALL,
        bind(
            &[Key::Char('g')],
            Intent::GoLive,
            "go live",
            "Lists what must hold before the rule is enabled, takes the campus live, and back",
        ),
        bind(
            &[Key::Char('w')],
            Intent::HandOff,
            "hand-off",
            "The hand-off in writing: ticket reply, to-do card, evidence",
        ),
        BACK,
        OPEN_HELP,
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
}];

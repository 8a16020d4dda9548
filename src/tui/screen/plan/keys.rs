//! The keys of a plan.
use crate::tui::keys::binding::{
    BACK_UNSENT, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND,
};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "plan",
    bindings: &[ENTER, SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, BACK_UNSENT, OPEN_HELP, QUIT, INTERRUPT, SUSPEND],
}];

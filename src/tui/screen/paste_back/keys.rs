//! The keys of the paste-back.
use crate::tui::keys::binding::{
    BACK_KEEPING, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, SCROLL_DOWN, SCROLL_UP, SUSPEND,
};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "paste back",
    bindings: &[ENTER, SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, BACK_KEEPING, OPEN_HELP, INTERRUPT, SUSPEND],
}];

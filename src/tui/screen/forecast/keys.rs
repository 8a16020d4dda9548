//! The keys of the forecast, before it begins.
use crate::tui::keys::binding::{
    BACK, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, SCROLL_DOWN, SCROLL_UP, SUSPEND,
};

/// In the order in which the footer and the help list them.
pub(super) static KEYS: &[KeyTable] = &[KeyTable {
    of: "forecast",
    bindings: &[ENTER, SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, BACK, OPEN_HELP, INTERRUPT, SUSPEND],
}];

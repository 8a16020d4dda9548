//! The key table of the help.
use crate::tui::keys::binding::{
    BACK, Binding, ENTER, INTERRUPT, KeyTable, OPEN_HELP, PAGE_DOWN, PAGE_UP, QUIT, SCROLL_DOWN, SCROLL_UP, SUSPEND,
    TO_END, TO_TOP,
};

/// The keys of the help. Enter already names the way back, so Esc and ? have no label.
pub(crate) static HELP_KEYS: KeyTable = KeyTable {
    of: "help",
    bindings: &[
        ENTER,
        SCROLL_UP,
        SCROLL_DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TO_TOP,
        TO_END,
        Binding { label: "", ..BACK },
        Binding { label: "", ..OPEN_HELP },
        QUIT,
        INTERRUPT,
        SUSPEND,
    ],
};

//! The keys of the paste-back.
use crate::tui::keys::binding::{BACK_KEEPING, KeyTable, LAST, SCROLL};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] =
    &[KeyTable { of: "paste back", groups: &[SCROLL, &[BACK_KEEPING], LAST] }];

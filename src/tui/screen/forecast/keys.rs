//! The keys of the forecast, before it begins.
use crate::tui::keys::binding::{BACK, KeyTable, LAST, SCROLL};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable { of: "forecast", groups: &[SCROLL, &[BACK], LAST] }];

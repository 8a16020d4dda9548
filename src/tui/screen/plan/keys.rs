//! The keys of a plan.
use crate::tui::keys::binding::{BACK_UNSENT, KeyTable, LAST_WITH_QUIT, SCROLL, WHOLE_ANSWER};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] =
    &[KeyTable { of: "plan", groups: &[SCROLL, &[WHOLE_ANSWER, BACK_UNSENT], LAST_WITH_QUIT] }];

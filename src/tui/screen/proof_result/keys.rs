//! The keys of the result of a proof.
use crate::tui::keys::binding::{BACK, KeyTable, LAST_WITH_QUIT, READ, WHOLE_ANSWER};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] =
    &[KeyTable { of: "proof result", groups: &[READ, &[WHOLE_ANSWER, BACK], LAST_WITH_QUIT] }];

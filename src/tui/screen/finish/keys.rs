//! The keys of the last screen.
use crate::tui::keys::binding::{BACK, CHECK_ALL, KeyTable, LAST_WITH_QUIT, READ};
use crate::tui::parts::open::OPEN;
use crate::tui::screen::summary::keys::{GO_LIVE, HAND_OFF};

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] =
    &[KeyTable { of: "finish", groups: &[READ, &[HAND_OFF, GO_LIVE, CHECK_ALL, BACK], OPEN, LAST_WITH_QUIT] }];

//! The keys of the screen with the whole text of a system's answer.
use crate::tui::keys::binding::{BACK, Binding, KeyTable, LAST_WITH_QUIT, READ};

/// In the order in which the footer and the help list them. Enter already names the way back.
pub(in crate::tui) static KEYS: &[KeyTable] =
    &[KeyTable { of: "whole answer", groups: &[READ, &[Binding { label: "", ..BACK }], LAST_WITH_QUIT] }];

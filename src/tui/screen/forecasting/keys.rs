//! The keys of a running forecast.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{KeyTable, LAST, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "forecasting",
    groups: &[&[bind(&[Key::Esc], Intent::Back, "stop", "Stops; results so far are kept for a day")], LAST],
}];

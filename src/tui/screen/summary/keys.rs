//! The keys of the summary.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK, Binding, CHECK_ALL, KeyTable, LAST_WITH_QUIT, READ, STEP_BEFORE, bind};
use crate::tui::msg::Intent;
use crate::tui::parts::open::OPEN;

pub(in crate::tui) const GO_LIVE: Binding = bind(
    &[Key::Char('g')],
    Intent::GoLive,
    "going live",
    "Runs the checks for going live, takes the campus live, or back",
);
pub(in crate::tui) const HAND_OFF: Binding =
    bind(&[Key::Char('w')], Intent::HandOff, "hand-off", "Shows the hand-off: ticket reply, to-do card, evidence");

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "summary",
    groups: &[READ, &[STEP_BEFORE, CHECK_ALL, GO_LIVE, HAND_OFF, BACK], OPEN, LAST_WITH_QUIT],
}];

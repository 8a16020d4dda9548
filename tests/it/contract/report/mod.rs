//! `report`: the hand-off in its three formats, compared with `check --json` of the same campus.
mod page;
mod whole;
mod words;

use crate::harness::{Desk, Ran};

/// Runs `report` with one of its formats.
#[track_caller]
fn report(desk: &Desk, format: &str) -> Ran {
    desk.run(&["report", "--format", format])
}

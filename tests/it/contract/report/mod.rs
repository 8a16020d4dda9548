//! `report`: the hand-off in its three shapes, held against what `check --json` says of the same campus.
mod page;
mod whole;
mod words;

use crate::harness::{Desk, Ran};

/// A report in one of its shapes.
#[track_caller]
fn report(desk: &Desk, format: &str) -> Ran {
    desk.run(&["report", "--format", format])
}

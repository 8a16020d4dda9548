//! `report`: the hand-off in its three formats, compared with `check --json` of the same campus.
mod page;
mod whole;
mod words;

use crate::harness::{Desk, Ran};
use last_resort::recipe::Recipe;

/// Runs `report` with one of its formats.
#[track_caller]
fn report(desk: &Desk, format: &str) -> Ran {
    desk.run(&["report", "--format", format])
}

/// A value as a reader knows it: its label, and the heading above it.
fn named(key: &str) -> String {
    let groups = Recipe::embedded().steps.iter().flat_map(|step| &step.groups);
    let fields = groups.flat_map(|group| group.fields.iter().map(move |field| (group, field)));
    let (group, field) = fields.into_iter().find(|(_, field)| field.key.as_str() == key).expect("a field");
    format!("{} ({})", field.label, group.title)
}

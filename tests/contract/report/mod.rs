//! `report`: the hand-off in its three shapes, held against what `check --json` says of the same campus.
mod page;
mod whole;
mod words;

use crate::common::{Desk, Ran};

/// A report in one of its shapes.
#[track_caller]
fn report(desk: &Desk, format: &str) -> Ran {
    desk.run(&["report", "--format", format])
}

/// Adds lines to the journal, as another machine or an earlier day would have left them.
fn journal_lines(desk: &Desk, lines: &[serde_json::Value]) {
    let path = desk.journal_path();
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let more: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, before + &more).expect("written");
}

//! Words in two columns.
use crate::tui::row::{Row, Tone, paragraph};

/// Lays out words in two columns. The right one wraps under its own start.
pub(in crate::tui) fn columned(left: &str, at: usize, right: &str, columns: usize) -> Vec<Row> {
    let mut rows = paragraph(Tone::Plain, right, at, columns);
    if let Some(first) = rows.first_mut() {
        let words = first.words();
        *first = Row::default().to(1).add(Tone::Plain, left).to(at).add(Tone::Plain, words.trim_start());
    }
    rows
}

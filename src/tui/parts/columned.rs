//! Words in two columns.
use crate::tui::row::{Row, Tone, wrap_beside};

/// Lays out words in two columns. The right one wraps under its own start.
pub(in crate::tui) fn columned(left: &str, at: usize, right: &str, columns: usize) -> Vec<Row> {
    wrap_beside(Row::default().to(1).add(Tone::Plain, left).to(at), Tone::Plain, right, columns)
}

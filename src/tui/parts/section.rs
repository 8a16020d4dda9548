//! Rows under a heading.
use crate::tui::row::{Row, Tone};

/// Adds a heading and its rows, unless there are none.
pub(in crate::tui) fn section(body: &mut Vec<Row>, title: &str, rows: impl IntoIterator<Item = Row>) {
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_some() {
        heading(body, title);
        body.extend(rows);
    }
}

/// Adds a heading, after a blank line unless it comes first.
pub(in crate::tui) fn heading(body: &mut Vec<Row>, title: &str) {
    if !body.is_empty() {
        body.push(Row::blank());
    }
    body.push(Row::of(Tone::Heading, format!(" {title}")));
}

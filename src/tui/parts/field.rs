//! A text field in a line.
use crate::tui::entry::Entry;
use crate::tui::row::PieceKind;
use crate::tui::row::{Row, Tone};
use crate::tui::text;

/// Adds a field of so many columns, with the cursor in it; `dots` stand where its text is cut.
pub(in crate::tui) fn focused(start: Row, entry: &Entry, columns: usize, dots: &str) -> Row {
    let at = start.width();
    let (shown, cursor) = entry.visible(columns, dots);
    let fill = columns.saturating_sub(text::width(&shown));
    let mut row = start.add(Tone::Field, PieceKind::Field(shown + &" ".repeat(fill)));
    row.cursor = Some(at + cursor);
    row
}

/// Adds a field without the cursor. Of a key only what may be told of it.
pub(in crate::tui) fn resting(start: Row, entry: &Entry, columns: usize, dots: &str) -> Row {
    let shown = match entry.key() {
        Ok(key) => key.described(),
        Err(_) => entry.visible(columns, dots).0,
    };
    start.add(Tone::Plain, shown)
}

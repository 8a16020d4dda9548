//! Text fields in a row.
use crate::tui::entry::Entry;
use crate::tui::row::PieceKind;
use crate::tui::row::{Row, Tone};
use crate::tui::text;

/// Adds a field of this width, with the cursor in it; `dots` mark a cut.
pub(in crate::tui) fn focused(start: Row, entry: &Entry, columns: usize, dots: &str) -> Row {
    let at = start.width();
    let (shown, cursor) = entry.visible(columns, dots);
    let fill = columns.saturating_sub(text::width(&shown));
    let mut row = start.add(Tone::Field, PieceKind::Field(shown + &" ".repeat(fill)));
    row.cursor = Some(at + cursor);
    row
}

/// Adds a field without the cursor. Describes a key instead of showing it.
pub(in crate::tui) fn resting(start: Row, entry: &Entry, columns: usize, dots: &str) -> Row {
    let shown = match entry.key() {
        Ok(key) => key.described(),
        Err(_) => entry.visible(columns, dots).0,
    };
    start.add(Tone::Plain, shown)
}

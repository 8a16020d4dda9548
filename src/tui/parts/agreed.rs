//! An agreed difference, as every screen that shows the wanted value shows it.
use crate::engine::judge::AgreedDifference;
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text::capitalised;

/// That something else than the procedure's value was agreed on, and why. Nothing if it was not.
pub(in crate::tui) fn agreed_rows(agreed: Option<&AgreedDifference>, indent: usize, columns: usize) -> Vec<Row> {
    agreed.map_or_else(Vec::new, |agreed| paragraph(Tone::Plain, &capitalised(&agreed.words()), indent, columns))
}

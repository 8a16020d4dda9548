//! A failure, and what to do next.
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;

/// A failure, and what to do next.
pub(in crate::tui) fn about_failure(failure: &crate::failure::Failure, columns: usize) -> Vec<Row> {
    let mut rows = hanging((Tone::Bad, Mark::Differs), Tone::Plain, failure.plain(), 1, columns);
    for hint in &failure.hints {
        rows.extend(paragraph(Tone::Plain, &format!("next: {hint}"), 3, columns));
    }
    rows
}

//! Columns with a fixed set of words, such as `Active` and `Inactive`. Alma writes them in the exporting person's
//! language. We know only the English words; any other word is reported as not understood, never as a difference.
use super::cells::switch;
use super::columns::{ColumnSpec, columns};
use crate::engine::journal::ExportedList;
use crate::engine::lint::Slip;
use crate::engine::paste::norm;
use crate::engine::sheet::row_name;
use crate::text::clean;

/// Alma's operators, as far as we know them. An operator comes before any other that it contains.
pub(crate) const OPERATORS: [&str; 8] =
    ["is not empty", "is empty", "not in list", "in list", "not =", "!=", "<>", "="];

const TYPES: [&str; 4] = ["Ordered", "Non Ordered", "Unordered", "Random"];
const STATUSES: [&str; 4] = ["Active", "Inactive", "Enabled", "Disabled"];

/// Whether a cell of this column is understood: empty, one of the column's words, or one slip away from one.
pub(crate) fn is_understood(column: ColumnSpec, cell: &str) -> bool {
    let among = |words: &[&str]| {
        let small = cell.trim().to_lowercase();
        words.iter().any(|word| norm(word) == norm(cell) || Slip::between(&word.to_lowercase(), &small).is_some())
    };
    match column {
        _ if cell.trim().is_empty() => true,
        ColumnSpec::Type => among(&TYPES),
        ColumnSpec::Status => among(&STATUSES),
        ColumnSpec::Enabled | ColumnSpec::RuleActive => switch(cell).is_some(),
        ColumnSpec::Operator => OPERATORS.contains(&cell.trim().to_lowercase().as_str()),
        _ => true,
    }
}

/// Says that a cell is not understood.
pub(crate) fn not_understood(list: ExportedList, line: usize, column: ColumnSpec, cell: &str) -> String {
    let title = columns(list).iter().find(|wanted| wanted.column == column).map_or("the cell", |wanted| wanted.title);
    format!(
        "{}: {title} \"{}\" is not understood (another language?), so it was not checked",
        row_name(line),
        clean(cell, 40)
    )
}

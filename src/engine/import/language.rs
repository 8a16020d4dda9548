//! Columns with a fixed set of words, such as `Active` and `Inactive`. Alma writes them in the exporting person's
//! language. We know only the English words; any other word is reported as not understood, never as a difference.
use super::cells::{parts, switch};
use super::columns::{ColumnSpec, columns};
use crate::engine::journal::ExportedList;
use crate::engine::lint::{PROCESS_TYPES, Slip};
use crate::engine::paste::norm;
use crate::engine::sheet::row_name;
use crate::text::clean;

/// Alma's operators, as far as we know them. An operator comes before any other that it contains.
pub(crate) const OPERATORS: [&str; 8] =
    ["is not empty", "is empty", "not in list", "in list", "not =", "!=", "<>", "="];

/// The input parameters of rota assignment rules, as far as we know them.
const PARAMETERS: [&str; 11] = [
    "Requested Format",
    "Format",
    "Request Type",
    "Material Type",
    "Citation Type",
    "User Group",
    "Requester User Group",
    "Pickup Library",
    "Owning Library",
    "Library",
    "Location",
];

/// The parameter whose values are a fixed set of words.
const FORMAT: &str = "Requested Format";
const FORMATS: [&str; 4] = ["Physical", "Digital", "Physical non-returnable", "Electronic"];

const TYPES: [&str; 4] = ["Ordered", "Non Ordered", "Unordered", "Random"];
const STATUSES: [&str; 4] = ["Active", "Inactive", "Enabled", "Disabled"];

/// Whether a cell of this column is understood: empty, or one of the column's words. ILLiad's process types are typed by
/// people, so a typo in one is understood too; Alma's words are not, and "Activo" is no typo of "Active".
pub(crate) fn is_understood(column: ColumnSpec, cell: &str) -> bool {
    let among = |words: &[&str]| words.iter().any(|word| norm(word) == norm(cell));
    let typed = |word: &&str| Slip::between(&word.to_lowercase(), &cell.trim().to_lowercase()).is_some();
    match column {
        _ if cell.trim().is_empty() => true,
        ColumnSpec::ProcessType | ColumnSpec::NewProcessType => {
            // ILLiad 10 has `%` and `_` for any text.
            among(&PROCESS_TYPES) || PROCESS_TYPES.iter().any(typed) || cell.contains(['%', '_'])
        }
        ColumnSpec::InputName => among(&PARAMETERS),
        ColumnSpec::Type => among(&TYPES),
        ColumnSpec::Status => among(&STATUSES),
        ColumnSpec::Enabled | ColumnSpec::RuleActive => switch(cell).is_some(),
        ColumnSpec::Operator => OPERATORS.contains(&cell.trim().to_lowercase().as_str()),
        _ => true,
    }
}

/// Whether the values of an input parameter are understood: any, unless the parameter has a fixed set of words.
pub(crate) fn is_value_understood(parameter: &str, value: &str) -> bool {
    let is_one = |part: &str| FORMATS.iter().any(|word| norm(word) == norm(part));
    norm(parameter) != norm(FORMAT) || parts(value).all(is_one)
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

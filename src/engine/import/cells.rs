//! Access to the cells of a recognised sheet by column, and the search for our own row.
use super::columns::ColumnSpec;
use super::list_state::ListState;
use super::recognise::KnownList;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{RuleSwitch, Slip};
use crate::engine::paste::norm;
use crate::engine::sheet::{CellFault, RowDamage, SheetRow, row_name};
use crate::text::clean;

/// A row that is not empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellRow<'a> {
    cells: &'a [String],
    at: &'a [(ColumnSpec, usize)],
    also: &'a [(ColumnSpec, usize)],
    header: &'a [String],
    /// The line in the sheet, counted from 1.
    pub(crate) line: usize,
}

impl<'a> CellRow<'a> {
    /// The cell as written, or empty when two columns disagree about it. `None` when the list has no such column.
    pub(crate) fn get(&self, column: ColumnSpec) -> Option<&'a str> {
        let (_, index) = self.at.iter().find(|(there, _)| *there == column)?;
        Some(if self.is_disputed(column) { "" } else { self.cell(*index) })
    }

    fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).map_or("", |cell| without_formula(cell))
    }

    /// The columns with this value, each with its cell. More than one only where the list has several.
    fn cells_of(&self, column: ColumnSpec) -> impl Iterator<Item = (usize, &'a str)> {
        let places = self.at.iter().chain(self.also).filter(move |(there, _)| *there == column);
        places.map(|(_, index)| (*index, self.cell(*index))).filter(|(_, cell)| !cell.trim().is_empty())
    }

    fn is_disputed(&self, column: ColumnSpec) -> bool {
        let mut said = self.cells_of(column).map(|(_, cell)| switch(cell).ok_or_else(|| norm(cell)));
        said.next().is_some_and(|first| said.any(|other| other != first))
    }

    /// The question for a person, where columns for one value disagree.
    pub(crate) fn disputed(&self, column: ColumnSpec) -> Option<String> {
        let said = |(index, cell): (usize, &str)| {
            let title = self.header.get(index).map_or("", String::as_str);
            format!("{} is \"{}\"", clean(title.trim(), 40), clean(cell.trim(), 40))
        };
        self.is_disputed(column).then(|| {
            let all: Vec<String> = self.cells_of(column).map(said).collect();
            format!("{}: {}: which is right? Neither was recorded", row_name(self.line), all.join(" and "))
        })
    }

    /// A field of an ILLiad table. The word NULL, which some exports write for an empty field, counts as empty.
    pub(crate) fn field(&self, column: ColumnSpec) -> &'a str {
        self.get(column).filter(|text| *text != "NULL").unwrap_or_default()
    }

    pub(crate) fn is_blank(&self, column: ColumnSpec) -> bool {
        self.get(column).is_none_or(|text| text.trim().is_empty())
    }
}

/// The rows of a list, sorted by what can be done with them.
#[derive(Default)]
pub(crate) struct SortedRows<'a> {
    pub(crate) whole: Vec<CellRow<'a>>,
    /// Lines that are not rows, such as totals or remarks of the exporting program.
    pub(crate) odd: Vec<usize>,
    /// Lines at which the file is damaged, so nothing is known of what stands there.
    pub(crate) damaged: Vec<(usize, RowDamage)>,
}

/// Sorts the rows of a list.
pub(crate) fn rows<'a>(sheet: &'a KnownList<'_>) -> SortedRows<'a> {
    let mut sorted = SortedRows::default();
    for given in sheet.rows {
        let row = CellRow {
            cells: &given.cells,
            at: &sheet.at,
            also: &sheet.also,
            header: &sheet.header.cells,
            line: given.line,
        };
        let damage = sheet.reading.damage(sheet.header, given);
        if let Some(damage) = damage.is_none().then(|| unread_cell(sheet, given, &row)).flatten() {
            sorted.damaged.push((row.line, damage));
            continue;
        }
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let known = sheet.at.iter().filter(|(column, _)| !row.is_blank(*column)).count();
        match damage {
            // A single cell may be a total, or the rest of a broken row. Either way it is named.
            Some(_) if filled <= 1 => sorted.odd.push(row.line),
            Some(damage) => sorted.damaged.push((row.line, damage)),
            None if known <= 1 && !goes_on(sheet.list, &row) => sorted.odd.push(row.line),
            None => sorted.whole.push(row),
        }
    }
    sorted
}

/// Whether a cell is on several lines. Some cells may be: those that list several things, and an SQL condition between its words.
fn spans_lines(column: ColumnSpec, cell: &str) -> bool {
    match column {
        ColumnSpec::Members | ColumnSpec::Input => false,
        ColumnSpec::MatchString => cell.split('\'').skip(1).step_by(2).any(has_line_break),
        _ => has_line_break(cell),
    }
}

/// Whether there is a line break between the words of a text.
pub(crate) fn has_line_break(text: &str) -> bool {
    text.trim().contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// The first cell of a known column that could not be read. Merged cells are as they should be in a title, and in a row
/// that continues the one above.
fn unread_cell(sheet: &KnownList<'_>, given: &SheetRow, row: &CellRow<'_>) -> Option<RowDamage> {
    let fault = |column: ColumnSpec, index: usize| {
        given.fault(index).or_else(|| spans_lines(column, row.cell(index)).then_some(CellFault::SpansLines))
    };
    let known = sheet.at.iter().chain(&sheet.also);
    let faults = known.filter_map(|(column, index)| Some((*index, fault(*column, *index)?)));
    let is_title = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count() <= 1;
    let counts = |fault: CellFault| fault != CellFault::Merged || !(is_title || goes_on(sheet.list, row));
    let (index, fault) = faults.filter(|(_, fault)| counts(*fault)).min_by_key(|(index, _)| *index)?;
    Some(RowDamage::Cell(index, fault))
}

/// The text in `="…"`, with which some exports keep a spreadsheet from changing a cell.
fn without_formula(cell: &str) -> &str {
    let inner = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(cell)
}

/// Whether the rows that continue an entry of a list fit its first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Continuation {
    Fits,
    /// One of them says something else than the first.
    Contradicts,
}

/// Whether a row continues the one above it with a further member or parameter.
pub(crate) fn goes_on(list: ExportedList, row: &CellRow<'_>) -> bool {
    let (own, more) = match list {
        ExportedList::RotaTemplates => (ColumnSpec::Code, [ColumnSpec::Members; 2]),
        ExportedList::RotaRules => (ColumnSpec::RuleName, [ColumnSpec::Input, ColumnSpec::InputName]),
        ExportedList::Routing | ExportedList::CustomQueues => return false,
    };
    row.is_blank(own) && more.into_iter().any(|column| !row.is_blank(column))
}

/// Reads a Yes/No cell. `None` unless the word is unambiguous.
pub(crate) fn switch(cell: &str) -> Option<RuleSwitch> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "true" | "enabled" | "active" | "on" | "checked" | "1" | "☑" | "✓" | "✔" => Some(RuleSwitch::Yes),
        "no" | "false" | "disabled" | "inactive" | "off" | "not checked" | "unchecked" | "0" | "☐" => {
            Some(RuleSwitch::No)
        }
        _ => None,
    }
}

/// Splits a cell that lists several items.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', ',', '\n', '|']).map(str::trim).filter(|part| !part.is_empty())
}

/// The index of the name that is ours, if any comes close enough. In a damaged list only the very name counts, since ours
/// may be in a row that could not be read.
pub(crate) fn nearest<'a>(names: impl Iterator<Item = &'a str> + Clone, want: &str, state: ListState) -> Option<usize> {
    if state == ListState::Damaged {
        return names.clone().position(|name| name == want);
    }
    let small = want.to_lowercase();
    let alike = |name: &str| norm(name) == norm(want);
    let slipped = |name: &str| Slip::between(&small, &name.trim().to_lowercase()).is_some();
    names
        .clone()
        .position(|name| name == want)
        .or_else(|| names.clone().position(alike))
        .or_else(|| names.clone().position(slipped))
}

//! Recognises which list a sheet holds by its header row, whatever stands above it and in whatever order the columns
//! are.
use super::columns::{ColumnNeed, ColumnSpec, WantedColumns, columns};
use crate::engine::journal::ExportedList;
use crate::engine::paste::norm;
use crate::engine::sheet::{ExportedSheet, SheetReading, SheetRow, row_name};
use crate::text::clean;
use std::fmt;

/// A sheet that was recognised as one of the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownList<'a> {
    pub list: ExportedList,
    /// The index of each known column.
    pub(crate) at: Vec<(ColumnSpec, usize)>,
    /// The indices of further columns for a value that one of `at` holds.
    pub(crate) also: Vec<(ColumnSpec, usize)>,
    /// The rows below the header.
    pub(crate) rows: &'a [SheetRow],
    pub(crate) header: &'a SheetRow,
    /// The reading that the rows belong to.
    pub(crate) reading: &'a SheetReading,
}

/// A sheet that is not one of the lists we know, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownList {
    /// The cells of the row that looks most like a header.
    found: Vec<String>,
    why: HeaderProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum HeaderProblem {
    /// The sheet is empty.
    Empty,
    /// No row has the columns of any list.
    NoList { asked: Vec<ExportedList> },
    /// Some of the list's required columns are missing.
    Lacks { list: ExportedList, missing: Vec<&'static str> },
    /// A column occurs more than once.
    Twice { list: ExportedList, title: &'static str },
    /// The header fits several lists.
    Several(Vec<ExportedList>),
    /// A quote that opens on this line is never closed.
    OpenQuote { line: usize },
}

/// How many rows to search for the header, since titles may stand above it.
const HEADER_WITHIN: usize = 40;

/// Recognises which list a sheet holds. With `only` given, accepts no other list.
///
/// # Errors
/// Returns what was expected and what was found if the sheet is not one of the lists we know.
pub fn recognise_list(sheet: &ExportedSheet, only: Option<ExportedList>) -> Result<KnownList<'_>, UnknownList> {
    let asked: Vec<ExportedList> = only.map_or_else(|| ExportedList::ALL.to_vec(), |list| vec![list]);
    let mut nearest: Option<(usize, UnknownList)> = None;
    for reading in &sheet.readings {
        for (index, header) in reading.rows.iter().enumerate().take(HEADER_WITHIN) {
            let row = header.cells.as_slice();
            let mut fits = Vec::new();
            for list in &asked {
                match fit(*list, row) {
                    Fit::All(at) => fits.push((*list, at)),
                    Fit::Some(known, why) => {
                        // A single matching header proves nothing, since many tables have a column "Name".
                        let is_nearer = nearest.as_ref().is_none_or(|(most, _)| known > *most);
                        if known > 1 && is_nearer {
                            nearest = Some((known, UnknownList { found: guess(row), why }));
                        }
                    }
                }
            }
            match fits.len() {
                0 => {}
                1 => {
                    if let Some(line) = reading.open_quote {
                        return Err(UnknownList { found: guess(row), why: HeaderProblem::OpenQuote { line } });
                    }
                    let (list, at) = fits.remove(0);
                    let also = further_columns(list, &at, row);
                    return Ok(KnownList { list, at, also, rows: &reading.rows[index + 1..], header, reading });
                }
                _ => {
                    let lists = fits.into_iter().map(|(list, _)| list).collect();
                    return Err(UnknownList { found: guess(row), why: HeaderProblem::Several(lists) });
                }
            }
        }
    }
    Err(nearest.map_or_else(|| no_list(sheet, asked), |(_, unknown)| unknown))
}

fn no_list(sheet: &ExportedSheet, asked: Vec<ExportedList>) -> UnknownList {
    let cells = |row: &&SheetRow| row.cells.iter().filter(|cell| cell.contains(char::is_alphanumeric)).count();
    let rows = sheet.readings.iter().flat_map(|reading| reading.rows.iter().take(HEADER_WITHIN));
    if let [SheetReading { open_quote: Some(line), .. }] = sheet.readings.as_slice() {
        return UnknownList { found: Vec::new(), why: HeaderProblem::OpenQuote { line: *line } };
    }
    // `max_by_key` returns the last of several equal items; the first row wins a tie.
    match rows.rev().max_by_key(cells) {
        Some(row) if cells(&row) > 0 => UnknownList { found: guess(&row.cells), why: HeaderProblem::NoList { asked } },
        _ => UnknownList { found: Vec::new(), why: HeaderProblem::Empty },
    }
}

/// How well a row fits the header of a list.
enum Fit {
    All(Vec<(ColumnSpec, usize)>),
    /// How many columns were found, and what is wrong.
    Some(usize, HeaderProblem),
}

fn fit(list: ExportedList, row: &[String]) -> Fit {
    let words: Vec<String> = row.iter().map(|cell| norm(cell)).collect();
    let mut at = Vec::new();
    let mut missing = Vec::new();
    let mut twice = None;
    for wanted in columns(list) {
        match place(wanted, &words) {
            HeaderPlace::At(index) => at.push((wanted.column, index)),
            HeaderPlace::Nowhere if wanted.need == ColumnNeed::Must => missing.push(wanted.title),
            HeaderPlace::Nowhere => {}
            HeaderPlace::Twice => match the_rules_own_name(wanted, &words) {
                Some((rule, input)) => at.extend([(ColumnSpec::RuleName, rule), (ColumnSpec::InputName, input)]),
                None => twice = twice.or(Some(wanted.title)),
            },
        }
    }
    let known = at.len();
    match twice {
        Some(title) => Fit::Some(known, HeaderProblem::Twice { list, title }),
        None if missing.is_empty() => Fit::All(without_doubt(at)),
        None => Fit::Some(known, HeaderProblem::Lacks { list, missing }),
    }
}

enum HeaderPlace {
    At(usize),
    Nowhere,
    Twice,
}

fn place(wanted: &WantedColumns, words: &[String]) -> HeaderPlace {
    for word in wanted.words {
        let mut places = words.iter().enumerate().filter(|(_, there)| there == word).map(|(index, _)| index);
        match (places.next(), places.next()) {
            (Some(index), None) => return HeaderPlace::At(index),
            (Some(_), Some(_)) => return HeaderPlace::Twice,
            (None, _) => {}
        }
    }
    HeaderPlace::Nowhere
}

/// Further columns with the same fixed words as one that was found, such as "Active" beside "Enabled". The two may
/// disagree.
fn further_columns(list: ExportedList, at: &[(ColumnSpec, usize)], row: &[String]) -> Vec<(ColumnSpec, usize)> {
    let words: Vec<String> = row.iter().map(|cell| norm(cell)).collect();
    let switches = at.iter().filter(|(column, _)| matches!(column, ColumnSpec::Enabled | ColumnSpec::Status));
    let further = |(column, first): &(ColumnSpec, usize)| {
        let own = columns(list).iter().filter(|wanted| wanted.column == *column).flat_map(|wanted| wanted.words);
        let all: Vec<&str> = own.copied().chain(SWITCHES).collect();
        let is_one = |index: &usize| index != first && all.contains(&words[*index].as_str());
        (0..words.len()).filter(is_one).map(|index| (*column, index)).collect::<Vec<_>>()
    };
    switches.flat_map(further).collect()
}

/// Headers of columns that say whether something is in use.
const SWITCHES: [&str; 3] = ["enabled", "active", "status"];

/// Tells Alma's two "Name" columns apart: the input parameter's name stands right before its operator, the other one is
/// the rule's. Returns both indices, the rule's first.
fn the_rules_own_name(wanted: &WantedColumns, words: &[String]) -> Option<(usize, usize)> {
    if wanted.column != ColumnSpec::RuleName {
        return None;
    }
    let operator = words.iter().position(|word| word == "operator")?;
    let names: Vec<usize> = (0..words.len()).filter(|index| words[*index] == "name").collect();
    let input = *names.iter().find(|index| **index + 1 == operator)?;
    match names.as_slice() {
        [a, b] => Some((if *a == input { *b } else { *a }, input)),
        _ => None,
    }
}

/// Beside columns for operator and value, a column "Input Parameter" holds only the parameter's name.
fn without_doubt(mut at: Vec<(ColumnSpec, usize)>) -> Vec<(ColumnSpec, usize)> {
    let has = |at: &[(ColumnSpec, usize)], column| at.iter().any(|(there, _)| *there == column);
    if has(&at, ColumnSpec::Operator) && has(&at, ColumnSpec::Value) && !has(&at, ColumnSpec::InputName) {
        for (column, _) in at.iter_mut().filter(|(column, _)| *column == ColumnSpec::Input) {
            *column = ColumnSpec::InputName;
        }
    }
    at
}

/// The cells of a row, for an error message. If the row is not a header it may hold personal data, so for cells that
/// are long or have digits only the length is shown.
fn guess(row: &[String]) -> Vec<String> {
    let cell = |cell: &String| {
        let length = cell.chars().count();
        let plain = length <= 30 && !cell.chars().any(|c| c.is_numeric() || matches!(c, '@' | '/' | '\\'));
        if plain { format!("\"{}\"", clean(cell.trim(), 30)) } else { format!("({length} characters)") }
    };
    let shown = row.iter().filter(|cell| !cell.trim().is_empty());
    let more = shown.clone().count() > MOST_CELLS;
    shown.take(MOST_CELLS).map(cell).chain(more.then(|| "…".to_owned())).collect()
}

const MOST_CELLS: usize = 12;

fn titles(list: ExportedList) -> String {
    let titles = |need| columns(list).iter().filter(move |wanted| wanted.need == need).map(|wanted| wanted.title);
    let must: Vec<&str> = titles(ColumnNeed::Must).collect();
    let may: Vec<&str> = titles(ColumnNeed::May).collect();
    let may = if may.is_empty() { String::new() } else { format!(" (optional: {})", may.join(", ")) };
    format!("{}: {}{may}", list.title(), must.join(", "))
}

impl fmt::Display for UnknownList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found.join(", ");
        match &self.why {
            HeaderProblem::Empty => f.write_str("it is empty"),
            HeaderProblem::NoList { asked } => {
                let expected: Vec<String> = asked.iter().map(|list| titles(*list)).collect();
                write!(f, "none of its rows is the header of a known list\n  found: {found}\n  expected ")?;
                f.write_str(&expected.join("\n  or       "))
            }
            HeaderProblem::Lacks { list, missing } => write!(
                f,
                "it looks like {}, but lacks {}\n  found: {found}\n  expected {}",
                list.title(),
                missing.join(", "),
                titles(*list)
            ),
            HeaderProblem::OpenQuote { line } => write!(
                f,
                "the file is damaged: a quote that opens in {} is never closed, so the rows below it cannot be \
                 read; close it, or export the list again",
                row_name(*line)
            ),
            HeaderProblem::Twice { list, title } => write!(
                f,
                "it looks like {}, but has the column {title} more than once, so it is unclear which one counts\n  \
                 found: {found}",
                list.title()
            ),
            HeaderProblem::Several(lists) => {
                let titles: Vec<&str> = lists.iter().map(|list| list.title()).collect();
                write!(f, "its header fits {}; choose with --list\n  found: {found}", titles.join(" and "))
            }
        }
    }
}

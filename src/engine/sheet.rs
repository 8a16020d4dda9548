//! A table as somebody gave it: rows of text, and how far its rows can be trusted.
//!
//! A spreadsheet's rows are whole. A text's rows are only as good as its quotes and separators, so each row is compared
//! with its heading before anything is said about it.
use std::collections::BTreeMap;
use std::fmt;

/// A sheet of a given file, as rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedSheet {
    /// The sheet's name. `None` when the file has only one sheet.
    pub name: Option<String>,
    /// A text file has one reading for each possible cell separator, a workbook's sheet has one.
    pub readings: Vec<SheetReading>,
}

/// The rows of a sheet, as one separator divides them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetReading {
    /// The rows that are not blank.
    pub rows: Vec<SheetRow>,
    /// What separates the cells. `None` in a workbook, whose rows cannot be damaged.
    pub separator: Option<char>,
    /// The line of a quote that is never closed. Everything after it would be one cell.
    pub open_quote: Option<usize>,
}

/// How a row is named to a person, in every list: `row 7`. Rows count as a spreadsheet shows them, the heading included. A row of a
/// text counts as the line of the file on which it begins.
pub fn row_name(line: usize) -> String {
    format!("row {line}")
}

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The line on which it begins, counted from 1 as an editor or a spreadsheet does.
    pub line: usize,
    pub cells: Vec<String>,
    pub quotes: QuoteUse,
    /// The cells whose text is not what the file means, by their index. Their text is empty.
    pub unread: BTreeMap<usize, CellFault>,
}

/// Why nothing is known of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFault {
    /// A formula that no spreadsheet program has computed yet.
    NoValue,
    /// Merged with the cell above or to its left, which has the text of both.
    Merged,
    /// A spreadsheet's error, such as `#REF!`.
    Error,
    /// Longer than a spreadsheet's cell can be.
    TooLong,
    /// On several lines, where a value has one.
    SpansLines,
}

/// The longest text of a cell, in characters. Excel has the same limit.
pub const LONGEST_CELL: usize = 32_767;

/// What spreadsheets write in place of a value that they cannot compute.
const CELL_ERRORS: [&str; 8] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

/// Whether the quotes of a row are as they must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteUse {
    Sound,
    /// Text follows a closing quote.
    Stray,
}

/// Why nothing can be said about a row of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowDamage {
    /// It has more or fewer cells than its heading.
    Cells { found: usize, headings: usize },
    /// Text follows a closing quote.
    StrayQuote,
    /// A cell spans lines that look like rows of their own.
    HoldsRows,
    /// A cell that is needed could not be read: the index of its column, and why.
    Cell(usize, CellFault),
}

impl SheetRow {
    /// Whether every cell is empty.
    pub fn is_blank(&self) -> bool {
        self.unread.is_empty() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Why nothing is known of the cell in this column, if so.
    pub fn fault(&self, column: usize) -> Option<CellFault> {
        let error = || {
            let cell = self.cells.get(column)?.trim();
            let narrow = cell.len() > 2 && cell.bytes().all(|byte| byte == b'#');
            (narrow || CELL_ERRORS.contains(&cell)).then_some(CellFault::Error)
        };
        self.unread.get(&column).copied().or_else(error)
    }
}

impl SheetReading {
    /// The damage of a row below this heading, if it has any.
    pub fn damage(&self, heading: &SheetRow, row: &SheetRow) -> Option<RowDamage> {
        let separator = self.separator?;
        let filled = |row: &SheetRow| row.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
        let (least, most) = (filled(heading), heading.cells.len());
        // A cell may hold a line or two, but not what looks like a whole row.
        let row_inside = |cell: &String| {
            cell.contains(['\n', '\r'])
                && cell.split(['\n', '\r']).skip(1).any(|line| line.matches(separator).count() + 1 >= least.max(2))
        };
        if row.quotes == QuoteUse::Stray {
            Some(RowDamage::StrayQuote)
        } else if row.cells.iter().any(row_inside) {
            Some(RowDamage::HoldsRows)
        } else if filled(row) > most {
            Some(RowDamage::Cells { found: row.cells.len(), headings: most })
        } else if row.cells.len() < least {
            Some(RowDamage::Cells { found: row.cells.len(), headings: least })
        } else {
            None
        }
    }
}

impl fmt::Display for RowDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cells { found, headings } => {
                let s = |count: &usize| if *count == 1 { "" } else { "s" };
                write!(f, "has {found} cell{} under {headings} heading{}", s(found), s(headings))
            }
            Self::StrayQuote => f.write_str("has text after a closing quote"),
            Self::HoldsRows => f.write_str("has a cell that seems to contain other rows of the list"),
            Self::Cell(column, fault) => write!(f, "could not be read, since its cell {} {fault}", letters(*column)),
        }
    }
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValue => "has a formula without a value: open the file in a spreadsheet program and save it there",
            Self::Merged => "is merged with another one: split merged cells, and put the text into each",
            Self::Error => "has a spreadsheet error instead of a value",
            Self::TooLong => "is longer than a spreadsheet allows",
            Self::SpansLines => "has a line break where none belongs",
        })
    }
}

/// The letters of a column, as a spreadsheet shows them.
fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match column / 26 {
        0 => letter(column).to_string(),
        before => format!("{}{}", letter(before - 1), letter(column)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> SheetRow {
        SheetRow {
            line: 2,
            cells: cells.iter().map(ToString::to_string).collect(),
            quotes: QuoteUse::Sound,
            unread: BTreeMap::new(),
        }
    }

    #[test]
    fn a_cell_that_could_not_be_read_is_named() {
        let mut some = row(&["", "#REF!", "####", "#1", ""]);
        some.unread.insert(0, CellFault::NoValue);
        assert!(!SheetRow { cells: vec![String::new()], ..some.clone() }.is_blank());
        let faults: Vec<_> = (0..6).map(|column| some.fault(column)).collect();
        assert_eq!(faults[..3], [Some(CellFault::NoValue), Some(CellFault::Error), Some(CellFault::Error)]);
        assert_eq!(faults[3..], [None; 3]);
        let words = RowDamage::Cell(27, CellFault::Error).to_string();
        assert_eq!(words, "could not be read, since its cell AB has a spreadsheet error instead of a value");
    }

    #[test]
    fn a_row_is_damaged_unless_it_fits_its_heading() {
        let text = SheetReading { separator: Some(','), ..SheetReading::default() };
        let heading = row(&["a", "b", "c", ""]);
        let words = |row: &SheetRow| text.damage(&heading, row).map(|damage| damage.to_string());
        for whole in [row(&["1", "2", "3"]), row(&["1", "", "", ""]), row(&["1", "2", "x\ny, z", ""])] {
            assert_eq!(words(&whole), None, "{whole:?}");
        }
        assert_eq!(words(&row(&["1"])).as_deref(), Some("has 1 cell under 3 headings"));
        assert_eq!(words(&row(&["1", "2", "3", "4", "5"])).as_deref(), Some("has 5 cells under 4 headings"));
        assert!(
            words(&row(&["1", "2", "x\n3,4,y"])).is_some_and(|words| words.contains("seems to contain other rows"))
        );
        let stray = SheetRow { quotes: QuoteUse::Stray, ..row(&["1", "2", "3"]) };
        assert_eq!(words(&stray).as_deref(), Some("has text after a closing quote"));
        let workbook = SheetReading::default();
        assert_eq!(workbook.damage(&heading, &row(&["1"])), None);
    }
}

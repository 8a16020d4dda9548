//! Finds the separators that a text may have, and divides it into rows and cells, once for each of them. The headings then
//! decide which reading counts: `engine/import/recognise.rs` for a list, `engine/forecast/people.rs` for people.
//!
//! Quotes are read strictly: what does not fit is noted with its line, since a quote that is lenient in one row swallows
//! the rows below it.
use super::fault::TableFault;
use super::room::Room;
use super::text::decoded;
use crate::engine::sheet::{CellFault, ExportedSheet, LONGEST_CELL, QuoteUse, SheetReading, SheetRow};
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// Excel writes this at the start of a text file to name the separator.
const EXCEL_SEPARATOR: &str = "sep=";
/// The separators that are tried.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
/// A separator counts if it is in this many characters of the beginning, where the headings are.
const BEGINNING: usize = 16_384;

/// Reads a text as a sheet with a reading for each separator that it may have.
pub(super) fn sheet(bytes: &[u8], room: &mut Room) -> Result<ExportedSheet, TableFault> {
    let text = decoded(bytes)?;
    if let Some((separator, rest)) = excels_own(&text) {
        let reading = Splitter::new(rest, separator, 2).read(room)?;
        return Ok(ExportedSheet { name: None, readings: vec![reading] });
    }
    let start: String = text.chars().take(BEGINNING).collect();
    let mut separators: Vec<char> = SEPARATORS.into_iter().filter(|separator| start.contains(*separator)).collect();
    if separators.is_empty() {
        separators.push(',');
    }
    let readings: Result<Vec<SheetReading>, TableFault> =
        separators.into_iter().map(|separator| Splitter::new(&text, separator, 1).read(room)).collect();
    Ok(ExportedSheet { name: None, readings: readings? })
}

/// The separator that the first line names, and the text below that line.
fn excels_own(text: &str) -> Option<(char, &str)> {
    let start = text.get(..EXCEL_SEPARATOR.len())?;
    let named = text.get(EXCEL_SEPARATOR.len()..)?;
    let (separator, rest) = (named.chars().next()?, named.split_once(['\r', '\n']).map_or("", |(_, rest)| rest));
    let rest = rest.strip_prefix('\n').filter(|_| named.contains("\r\n")).unwrap_or(rest);
    start.eq_ignore_ascii_case(EXCEL_SEPARATOR).then_some((separator, rest))
}

/// Where the splitter is in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellState {
    Begins,
    Plain,
    /// Inside quotes that opened on this line.
    Quoted(usize),
    /// After the closing quote.
    Closed,
}

struct Splitter<'a> {
    chars: Peekable<Chars<'a>>,
    separator: char,
    /// The line of the next character.
    line: usize,
    state: CellState,
    cell: String,
    row: SheetRow,
    reading: SheetReading,
}

fn row_at(line: usize) -> SheetRow {
    SheetRow { line, cells: Vec::new(), quotes: QuoteUse::Sound, unread: BTreeMap::new() }
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, separator: char, line: usize) -> Self {
        Self {
            chars: text.chars().peekable(),
            separator,
            line,
            state: CellState::Begins,
            cell: String::new(),
            row: row_at(line),
            reading: SheetReading { separator: Some(separator), ..SheetReading::default() },
        }
    }

    fn read(mut self, room: &mut Room) -> Result<SheetReading, TableFault> {
        while let Some(c) = self.chars.next() {
            let ends_line = c == '\n' || c == '\r' && self.chars.peek() != Some(&'\n');
            match (self.state, c) {
                (CellState::Quoted(_), '"') if self.chars.next_if_eq(&'"').is_some() => self.cell.push('"'),
                (CellState::Quoted(_), '"') => self.state = CellState::Closed,
                (CellState::Quoted(_), c) => self.cell.push(c),
                (_, c) if c == self.separator => self.end_cell(room)?,
                (_, '\r') if !ends_line => {}
                (_, '\r' | '\n') => self.end_row(room)?,
                (CellState::Begins, '"') => self.state = CellState::Quoted(self.line),
                // Blanks between a closing quote and the separator belong to nothing.
                (CellState::Closed, ' ') => {}
                (CellState::Closed, c) => {
                    self.row.quotes = QuoteUse::Stray;
                    self.cell.extend(['"', c]);
                    self.state = CellState::Plain;
                }
                (CellState::Begins | CellState::Plain, c) => {
                    self.cell.push(c);
                    self.state = CellState::Plain;
                }
            }
            if ends_line {
                self.line += 1;
                if !matches!(self.state, CellState::Quoted(_)) {
                    self.row.line = self.line;
                }
            }
        }
        if let CellState::Quoted(line) = self.state {
            self.reading.open_quote = Some(line);
        }
        self.end_row(room)?;
        Ok(self.reading)
    }

    fn end_cell(&mut self, room: &mut Room) -> Result<(), TableFault> {
        if self.cell.len() > LONGEST_CELL && self.cell.chars().count() > LONGEST_CELL {
            self.row.unread.insert(self.row.cells.len(), CellFault::TooLong);
            self.cell = String::new();
        }
        room.cell(&self.cell)?;
        self.row.cells.push(std::mem::take(&mut self.cell));
        self.state = CellState::Begins;
        Ok(())
    }

    fn end_row(&mut self, room: &mut Room) -> Result<(), TableFault> {
        self.end_cell(room)?;
        let row = std::mem::replace(&mut self.row, row_at(self.line));
        if !row.is_blank() {
            room.row(self.reading.rows.len())?;
            self.reading.rows.push(row);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(text: &str) -> SheetReading {
        Splitter::new(text, ',', 1).read(&mut Room::default()).expect("small")
    }

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        read(text).rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[rstest]
    #[case::unix("\n")]
    #[case::windows("\r\n")]
    #[case::old("\r")]
    fn lines_are_counted_as_an_editor_does(#[case] end: &str) {
        let text = ["", "a,b", "", "1,\"x", "y\"", "2,\"say \"\"hi\"\"\" "].join(end);
        let own = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let spanning = format!("x{end}y");
        let expected = vec![(2, own(&["a", "b"])), (4, own(&["1", &spanning])), (6, own(&["2", "say \"hi\""]))];
        assert_eq!(cells(&text), expected);
    }

    #[test]
    fn quotes_that_do_not_fit_are_noted_with_their_line() {
        let open = read("a,b\n1,2\n3,\"4\n5,6\n");
        assert_eq!((open.open_quote, open.rows.len()), (Some(3), 3));
        let stray = read("a,b\n1,\"x\"y,z\n2,w\n");
        let quotes: Vec<_> = stray.rows.iter().map(|row| row.quotes).collect();
        assert_eq!(quotes, [QuoteUse::Sound, QuoteUse::Stray, QuoteUse::Sound]);
        assert_eq!(read("a,5\" disk\n").rows[0].quotes, QuoteUse::Sound, "a quote inside a plain cell is text");
    }

    #[test]
    fn excels_line_names_the_separator() {
        for (text, line) in [("sep=;\r\na;b", 2), ("SEP=;\na;b", 2), ("sep=;\r\n\r\na;b", 3)] {
            let sheet = sheet(text.as_bytes(), &mut Room::default()).expect("a sheet");
            let rows = &sheet.readings[0].rows;
            assert_eq!((sheet.readings.len(), rows[0].line, rows[0].cells.len()), (1, line, 2), "{text:?}");
        }
    }
}

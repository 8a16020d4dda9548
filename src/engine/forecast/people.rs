//! Reads the list of people that a campus gives to OCLC (FAQ 383002: old username and EMPLID), without guessing.
//!
//! Columns are found by their headings, in any order. A single column needs no heading. No message repeats a value,
//! because it may be somebody's identifier.
use super::person::Person;
use crate::text::clean;
use csv::{ByteRecord, ReaderBuilder, Trim};
use std::collections::HashMap;

/// The expected layout, in the words of the error message.
const EXPECTED: &str = "a CSV file with a column headed EMPLID and, if known, one headed Old username, in any order; or a single column of EMPLIDs";

/// The longest identifier accepted, in bytes. We assume neither system has longer ones.
const LONGEST: usize = 255;

/// The people of a list, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleList {
    /// In the order of the list.
    pub people: Vec<Person>,
    /// How many lines named a person who was already named.
    pub repeated: usize,
    /// Line numbers with a person but without a usable EMPLID or username, so there is nobody to look up.
    pub nameless: Vec<u64>,
}

/// The text is not a list of people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {EXPECTED}; found {found}")]
pub struct PeopleListError {
    /// What was found instead, in words.
    pub found: String,
}

/// Reads a list of people from the bytes of a CSV file.
///
/// # Errors
/// If the layout is unknown. The error says what was expected and what was found.
pub fn people_in_list(bytes: &[u8]) -> Result<PeopleList, PeopleListError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(found) = no_text(text) {
        return Err(not(found));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text);
    let mut rows = Vec::new();
    for row in reader.byte_records() {
        rows.push(row.map_err(|_| not("a line that is no CSV"))?);
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let Some(first) = rows.first() else { return Err(not("nothing in it")) };
    let (columns, heading) = columns(first, &rows)?;
    let (mut list, mut place) = (Gathering::default(), Place { at: 0, line: 1 });
    for row in rows.iter().skip(usize::from(heading)) {
        let begins = row.position().map_or(0, csv::Position::byte);
        place.move_to(text, usize::try_from(begins).unwrap_or(usize::MAX));
        list.take(&columns, row, place.line);
    }
    Ok(list.listed)
}

fn not(found: impl Into<String>) -> PeopleListError {
    PeopleListError { found: found.into() }
}

/// A file that is certainly not text, recognised by its first bytes.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some("a workbook or a ZIP archive (save the sheet as CSV)"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("text in UTF-16 (save it as CSV UTF-8)"),
        _ if bytes.contains(&0) => Some("bytes that are no text"),
        _ => None,
    }
}

/// The column delimiter, decided by the first line that is not empty: a
/// comma, or the semicolon or tab that some spreadsheets write.
fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |sought: u8| first.iter().filter(|byte| **byte == sought).count();
    [b';', b'\t'].into_iter().find(|other| count(*other) > count(b',')).unwrap_or(b',')
}

/// The positions of the two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    emplid: usize,
    earlier: Option<usize>,
}

/// The meaning of a column, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    Emplid,
    /// A username from before the change to EMPLIDs.
    Earlier,
    /// A username: the old one if the EMPLID has its own column, else the new one beside the old.
    Name,
    Other,
}

fn heading(cell: &[u8]) -> Heading {
    let words: String = String::from_utf8_lossy(cell).chars().filter(char::is_ascii_alphanumeric).collect();
    let words = words.to_ascii_lowercase();
    let old = ["old", "former", "previous", "current", "existing"].iter().any(|word| words.starts_with(word));
    let name = words.contains("username") || words.contains("userid");
    match words.as_str() {
        _ if old && name => Heading::Earlier,
        _ if words.contains("emplid") || words.contains("primaryid") || words == "newusername" => Heading::Emplid,
        "username" | "illiadusername" => Heading::Name,
        _ => Heading::Other,
    }
}

/// The positions of the columns, and whether the first row is headings.
fn columns(first: &ByteRecord, rows: &[ByteRecord]) -> Result<(Columns, bool), PeopleListError> {
    let kinds: Vec<Heading> = first.iter().map(heading).collect();
    let all = |kind| kinds.iter().enumerate().filter(move |(_, each)| **each == kind).map(|(at, _)| at);
    let (emplids, old, names): (Vec<_>, Vec<_>, Vec<_>) =
        (all(Heading::Emplid).collect(), all(Heading::Earlier).collect(), all(Heading::Name).collect());
    let columns = match (emplids.as_slice(), old.as_slice(), names.as_slice()) {
        ([emplid], [], []) => Columns { emplid: *emplid, earlier: None },
        ([emplid], [earlier], _) | ([emplid], [], [earlier]) => Columns { emplid: *emplid, earlier: Some(*earlier) },
        ([], [earlier], [emplid]) => Columns { emplid: *emplid, earlier: Some(*earlier) },
        ([], [], []) if bare(first, rows) => return Ok((Columns { emplid: 0, earlier: None }, false)),
        ([], [], []) => return Err(not(what_stands(first))),
        ([_, _, ..], ..) => return Err(not("more than one column that could be the EMPLID")),
        (_, [_, _, ..], _) | (_, _, [_, _, ..]) => {
            return Err(not("more than one column that could be the old username"));
        }
        ([], ..) => return Err(not("a column of usernames and none headed EMPLID")),
    };
    Ok((columns, true))
}

/// Whether the list is a single column without heading: its first cell could be an identifier and contains digits.
fn bare(first: &ByteRecord, rows: &[ByteRecord]) -> bool {
    let single = |row: &ByteRecord| row.iter().skip(1).all(<[u8]>::is_empty);
    let leads = |cell: &[u8]| has_digits(cell) && identifier(cell).is_some();
    rows.iter().all(single) && first.iter().next().is_some_and(leads)
}

fn has_digits(cell: &[u8]) -> bool {
    cell.iter().any(u8::is_ascii_digit)
}

/// Describes the headings. Anything that may be an identifier is counted but never repeated.
fn what_stands(first: &ByteRecord) -> String {
    let count = first.len();
    let columns = if count == 1 { "1 column".to_owned() } else { format!("{count} columns") };
    if first.iter().any(has_digits) {
        return format!("{columns} without headings");
    }
    let named: Vec<String> =
        first.iter().take(12).map(|cell| format!("\"{}\"", clean(&String::from_utf8_lossy(cell), 40))).collect();
    format!("{columns} headed {}", named.join(", "))
}

/// A byte position in the text and its line number, as an editor counts.
/// The CSV reader's own count is too low with CRLF line ends.
struct Place {
    at: usize,
    line: u64,
}

impl Place {
    /// Moves to the row that begins at `begins`, past any line ends there.
    fn move_to(&mut self, text: &[u8], begins: usize) {
        let ends =
            text.get(begins..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = text.get(self.at..begins + ends).unwrap_or_default();
        let single = |at: usize| passed[at] == b'\n' || passed[at] == b'\r' && passed.get(at + 1) != Some(&b'\n');
        self.line += (0..passed.len()).filter(|at| single(*at)).count() as u64;
        self.at = begins + ends;
    }
}

/// A list of people while it is being read, with each EMPLID's position in it.
#[derive(Default)]
struct Gathering {
    listed: PeopleList,
    places: HashMap<String, usize>,
}

impl Gathering {
    fn take(&mut self, columns: &Columns, row: &ByteRecord, line: u64) {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let earlier = columns.earlier.map(cell).filter(|cell| !cell.is_empty());
        match (identifier(cell(columns.emplid)), earlier.map(identifier)) {
            // A line that only has notes in other columns names nobody.
            (None, None) if cell(columns.emplid).is_empty() => {}
            (Some(emplid), None) => self.add(emplid, None, Some(line)),
            (Some(emplid), Some(Some(earlier))) => self.add(emplid, Some(earlier), Some(line)),
            (None, _) | (_, Some(None)) => self.listed.nameless.push(line),
        }
    }

    fn add(&mut self, emplid: String, earlier: Option<String>, line: Option<u64>) {
        let earlier = earlier.filter(|name| *name != emplid);
        if let Some(at) = self.places.get(&emplid) {
            self.listed.repeated += 1;
            let known = &mut self.listed.people[*at].earlier;
            known.extend(earlier.filter(|name| !known.contains(name)));
            return;
        }
        self.places.insert(emplid.clone(), self.listed.people.len());
        self.listed.people.push(Person { emplid, earlier: earlier.into_iter().collect(), line });
    }
}

/// An identifier that can be looked up. A number that a spreadsheet has rounded (`1.00E+07`) is rejected.
fn identifier(cell: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(cell).ok()?;
    let rounded = text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        number.contains('.') && number.parse::<f64>().is_ok() && power.parse::<i32>().is_ok()
    });
    let fits = !text.is_empty()
        && text.len() <= LONGEST
        && !matches!(text, "." | "..")
        && !text.chars().any(|c| c.is_whitespace() || crate::text::steers(c));
    (fits && !rounded).then(|| text.to_owned())
}

/// Turns identifiers from the command line or the campus file into a list of people.
///
/// # Errors
/// How many of them cannot be identifiers.
pub fn people_named(ids: &[String]) -> Result<PeopleList, usize> {
    let mut list = Gathering::default();
    let mut unfit = 0;
    for id in ids {
        match identifier(id.trim().as_bytes()) {
            Some(id) => list.add(id, None, None),
            None => unfit += 1,
        }
    }
    if unfit == 0 { Ok(list.listed) } else { Err(unfit) }
}

impl PeopleList {
    /// Merges two lists. Each person appears once, with the old usernames from both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut list = Gathering::default();
        list.listed.repeated = self.repeated + other.repeated;
        list.listed.nameless = [self.nameless, other.nameless].concat();
        for person in self.people.into_iter().chain(other.people) {
            let at = *list.places.entry(person.emplid.clone()).or_insert_with(|| {
                list.listed.people.push(Person { earlier: Vec::new(), ..person.clone() });
                list.listed.people.len() - 1
            });
            let known = &mut list.listed.people[at];
            known.line = known.line.or(person.line);
            known
                .earlier
                .extend(person.earlier.into_iter().filter(|name| !known.earlier.contains(name)).collect::<Vec<_>>());
        }
        list.listed
    }
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;

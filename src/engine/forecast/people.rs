//! Reads the list of people that a campus gives to OCLC (FAQ 383002: old username and EMPLID), without guessing.
//!
//! Columns are found by their headings, in any order. A single column needs no heading. No message repeats a value,
//! because it may be somebody's identifier.
use super::headings::{PeopleLayout, layout};
use super::identifier::{CellIdentifier, CellOrigin, IdentifierFault, identifier};
use super::person::Person;
use crate::engine::sheet::{CellFault, ExportedSheet, RowDamage, SheetReading, SheetRow};
use std::collections::HashMap;
use std::fmt;

/// The expected layout, in the words of the error message.
const EXPECTED: &str = "a list (csv or xlsx) with a column headed EMPLID and, if known, one headed Old username, in any order; or a single column of EMPLIDs";

/// The people of a list, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleList {
    /// In the order of the list.
    pub people: Vec<Person>,
    /// How many lines named a person who was already named.
    pub repeated: usize,
    /// Lines with a person but without anybody who could be looked up.
    pub unusable: Vec<UnusableLine>,
    /// Lines in which a spreadsheet had changed an identifier, and the change was undone.
    pub restored: Vec<u64>,
}

/// A line of the list without anybody who could be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusableLine {
    pub line: u64,
    pub why: LineFault,
}

/// Why nobody in a line can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineFault {
    /// The file is damaged there.
    Damaged,
    /// There is an old username and no EMPLID.
    NoEmplid,
    /// A spreadsheet has rounded a number.
    Rounded,
    /// A spreadsheet shows an error there.
    CellError,
    /// A formula was saved without its value.
    NoValue,
    /// The cell is merged with another one.
    Merged,
    /// The EMPLID or the username has the shape of an API key.
    Key,
    /// The EMPLID or the username has blanks inside, control characters, or too many letters.
    Unfit,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => {
                "the file is damaged there (a quote, or too many or too few cells), so nobody there can be looked up"
            }
            Self::NoEmplid => "an old username without an EMPLID",
            Self::Rounded => "a number that a spreadsheet has rounded; its other digits are lost",
            Self::CellError => "a spreadsheet error instead of a value",
            Self::NoValue => {
                "a formula without a value; open the file in a spreadsheet program, save it there, and try again"
            }
            Self::Merged => "a merged cell; split merged cells, and put the text into each",
            Self::Key => "something that looks like an API key; remove it from the list, and replace that key",
            Self::Unfit => "not usable as an EMPLID or as a username",
        })
    }
}

impl From<CellFault> for LineFault {
    fn from(fault: CellFault) -> Self {
        match fault {
            CellFault::NoValue => Self::NoValue,
            CellFault::Merged => Self::Merged,
            CellFault::Error => Self::CellError,
            CellFault::TooLong | CellFault::SpansLines => Self::Unfit,
        }
    }
}

impl From<IdentifierFault> for LineFault {
    fn from(fault: IdentifierFault) -> Self {
        match fault {
            IdentifierFault::Empty => Self::NoEmplid,
            IdentifierFault::Rounded => Self::Rounded,
            IdentifierFault::CellError => Self::CellError,
            IdentifierFault::Key => Self::Key,
            IdentifierFault::Unfit => Self::Unfit,
        }
    }
}

/// The file is not a list of people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeopleListError {
    #[error("expected {EXPECTED}; found {found}")]
    OtherLayout {
        /// What was found instead, in words.
        found: String,
    },
    /// A quote that opens on this line is never closed, so rows below it cannot be told apart.
    #[error(
        "a quote that opens in line {line} is never closed, so the lines below it cannot be read; close it, or save the list again"
    )]
    OpenQuote { line: usize },
}

/// Reads a list of people from the sheets of a file.
///
/// # Errors
/// If the layout is unknown. The error says what was expected and what was found.
pub fn people_in_sheets(sheets: &[ExportedSheet]) -> Result<PeopleList, PeopleListError> {
    let filled: Vec<&ExportedSheet> =
        sheets.iter().filter(|sheet| sheet.readings.iter().any(|reading| !reading.rows.is_empty())).collect();
    let (mut fits, mut found) = (Vec::new(), None);
    for sheet in filled {
        match best(sheet) {
            Ok(fit) => fits.push(fit),
            Err(why) => found = found.or(Some(why)),
        }
    }
    match (fits.as_slice(), found) {
        ([(reading, layout)], _) => match reading.open_quote {
            Some(line) => Err(PeopleListError::OpenQuote { line }),
            None => Ok(gathered(reading, layout)),
        },
        ([], Some(error)) => Err(error),
        ([], None) => Err(PeopleListError::OtherLayout { found: "nothing in it".to_owned() }),
        (several, _) => Err(PeopleListError::OtherLayout {
            found: format!("{} sheets that could be the list: keep only the right one", several.len()),
        }),
    }
}

/// The reading with headings that we know, or else one with a bare column.
fn best(sheet: &ExportedSheet) -> Result<(&SheetReading, PeopleLayout<'_>), PeopleListError> {
    let read: Vec<_> = sheet.readings.iter().map(|reading| (reading, layout(reading))).collect();
    // `max_by_key` returns the last of several equal items; the first separator wins a tie.
    let sureness = |(_, layout): &&(_, Result<PeopleLayout<'_>, _>)| layout.as_ref().map(|layout| layout.sureness).ok();
    if let Some((reading, Ok(layout))) = read.iter().rev().max_by_key(sureness) {
        return Ok((*reading, *layout));
    }
    if let [(SheetReading { open_quote: Some(line), .. }, _)] = read.as_slice() {
        return Err(PeopleListError::OpenQuote { line: *line });
    }
    // The reading that divides the first row most is the one that was meant.
    let cells = |reading: &SheetReading| reading.rows.first().map_or(0, |row| row.cells.len());
    let meant = read.into_iter().rev().max_by_key(|(reading, _)| cells(reading));
    let found = meant.and_then(|(_, layout)| layout.err()).unwrap_or_else(|| "nothing in it".to_owned());
    Err(PeopleListError::OtherLayout { found })
}

fn gathered(reading: &SheetReading, layout: &PeopleLayout<'_>) -> PeopleList {
    let mut list = Gathering::default();
    for row in &reading.rows[layout.first..] {
        let damage = layout.heading.or(reading.rows.first()).and_then(|heading| reading.damage(heading, row));
        list.take(layout, row, damage);
    }
    list.listed
}

/// A list of people while it is being read, with each EMPLID's position in it.
#[derive(Default)]
struct Gathering {
    listed: PeopleList,
    places: HashMap<String, usize>,
}

impl Gathering {
    fn take(&mut self, layout: &PeopleLayout<'_>, row: &SheetRow, damage: Option<RowDamage>) {
        let line = row.line as u64;
        let mut unusable = |why| self.listed.unusable.push(UnusableLine { line, why });
        if damage.is_some() {
            return unusable(LineFault::Damaged);
        }
        let needed = [Some(layout.columns.emplid), layout.columns.earlier];
        if let Some(fault) = needed.into_iter().flatten().find_map(|at| row.fault(at)) {
            return unusable(fault.into());
        }
        let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
        let emplid = identifier(cell(layout.columns.emplid));
        let earlier = match layout.columns.earlier.map(|at| identifier(cell(at))) {
            None | Some(Err(IdentifierFault::Empty)) => Ok(None),
            Some(read) => read.map(Some),
        };
        match (emplid, earlier) {
            // A line that only has notes in other columns names nobody.
            (Err(IdentifierFault::Empty), Ok(None)) => {}
            (Err(why), _) | (_, Err(why)) => unusable(why.into()),
            (Ok(emplid), Ok(earlier)) => {
                let restored = |read: &CellIdentifier| read.origin == CellOrigin::Restored;
                if restored(&emplid) || earlier.as_ref().is_some_and(restored) {
                    self.listed.restored.push(line);
                }
                self.add(emplid.text, earlier.map(|earlier| earlier.text), Some(line));
            }
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

/// Turns identifiers from the command line or the campus file into a list of people.
///
/// # Errors
/// How many of them cannot be identifiers.
pub fn people_named(ids: &[String]) -> Result<PeopleList, usize> {
    let mut list = Gathering::default();
    let mut unfit = 0;
    for id in ids {
        match identifier(id) {
            Ok(id) => list.add(id.text, None, None),
            Err(_) => unfit += 1,
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
        list.listed.unusable = [self.unusable, other.unusable].concat();
        list.listed.restored = [self.restored, other.restored].concat();
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

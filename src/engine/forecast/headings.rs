//! Finds the columns of a list of people by their headings, in any order and below any titles.
use crate::engine::sheet::{SheetReading, SheetRow};
use crate::text::clean;

/// How many rows are searched for the headings, since titles may stand above them.
const HEADINGS_WITHIN: usize = 40;

/// The positions of the two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PeopleColumns {
    pub(super) emplid: usize,
    pub(super) earlier: Option<usize>,
}

/// Where the people of a reading begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PeopleLayout<'a> {
    pub(super) columns: PeopleColumns,
    /// `None` for a single column without a heading.
    pub(super) heading: Option<&'a SheetRow>,
    /// The index of the first row with a person.
    pub(super) first: usize,
    /// How sure the headings are. A title such as "EMPLIDs of 2026" looks like a heading too.
    pub(super) sureness: u8,
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

fn heading(cell: &str) -> Heading {
    let words: String = cell.chars().filter(char::is_ascii_alphanumeric).collect();
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

/// Finds the columns of a reading.
///
/// # Errors
/// What was found instead, in words that repeat no identifier.
pub(super) fn layout(reading: &SheetReading) -> Result<PeopleLayout<'_>, String> {
    let rows = reading.rows.as_slice();
    let Some(first) = rows.first() else { return Err("nothing in it".to_owned()) };
    let (mut wrong, mut surest): (_, Option<PeopleLayout<'_>>) = (None, None);
    for (at, row) in rows.iter().enumerate().take(HEADINGS_WITHIN) {
        match columns(row) {
            Headings::Columns(columns) => {
                let layout =
                    PeopleLayout { columns, heading: Some(row), first: at + 1, sureness: sureness(columns, row) };
                surest = surest.filter(|known| known.sureness >= layout.sureness).or(Some(layout));
            }
            Headings::Wrong(why) => wrong = wrong.or(Some(why)),
            Headings::No => {}
        }
    }
    if let Some(layout) = surest {
        return Ok(layout);
    }
    if let Some(why) = wrong {
        return Err(why.to_owned());
    }
    if is_bare(rows) {
        let columns = PeopleColumns { emplid: 0, earlier: None };
        return Ok(PeopleLayout { columns, heading: None, first: 0, sureness: 0 });
    }
    // The first row that could be headings is the one that the reader would look at.
    Err(what_stands(first))
}

fn sureness(columns: PeopleColumns, row: &SheetRow) -> u8 {
    let bare = row.cells.get(columns.emplid).is_some_and(|cell| cell.trim().len() <= "CUNYfirst EMPLID".len());
    1 + u8::from(bare) + 2 * u8::from(columns.earlier.is_some())
}

/// What a row is, taken as headings.
enum Headings {
    Columns(PeopleColumns),
    /// It has a heading that we know, and does not tell who is who.
    Wrong(&'static str),
    No,
}

fn columns(row: &SheetRow) -> Headings {
    let kinds: Vec<Heading> = row.cells.iter().map(|cell| heading(cell)).collect();
    let all = |kind| kinds.iter().enumerate().filter(move |(_, each)| **each == kind).map(|(at, _)| at);
    let (emplids, old, names): (Vec<_>, Vec<_>, Vec<_>) =
        (all(Heading::Emplid).collect(), all(Heading::Earlier).collect(), all(Heading::Name).collect());
    Headings::Columns(match (emplids.as_slice(), old.as_slice(), names.as_slice()) {
        ([emplid], [], []) => PeopleColumns { emplid: *emplid, earlier: None },
        ([emplid], [earlier], _) | ([emplid], [], [earlier]) => {
            PeopleColumns { emplid: *emplid, earlier: Some(*earlier) }
        }
        ([], [earlier], [emplid]) => PeopleColumns { emplid: *emplid, earlier: Some(*earlier) },
        ([], [], []) => return Headings::No,
        ([_, _, ..], ..) => return Headings::Wrong("more than one column that could be the EMPLID"),
        (_, [_, _, ..], _) | (_, _, [_, _, ..]) => {
            return Headings::Wrong("more than one column that could be the old username");
        }
        ([], ..) => return Headings::Wrong("a column of usernames and none headed EMPLID"),
    })
}

/// Whether the list is a single column without heading: its first cell could be an identifier and contains digits.
fn is_bare(rows: &[SheetRow]) -> bool {
    let single = |row: &SheetRow| row.cells.iter().skip(1).all(|cell| cell.trim().is_empty());
    let leads = |cell: &String| has_digits(cell) && super::identifier::identifier(cell).is_ok();
    rows.iter().all(single) && rows.first().and_then(|row| row.cells.first()).is_some_and(leads)
}

fn has_digits(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

/// Describes the headings. Anything that may be an identifier is counted but never repeated.
fn what_stands(first: &SheetRow) -> String {
    let count = first.cells.len();
    let columns = if count == 1 { "1 column".to_owned() } else { format!("{count} columns") };
    if first.cells.iter().any(|cell| has_digits(cell)) {
        return format!("{columns} without headings");
    }
    let named: Vec<String> =
        first.cells.iter().take(12).map(|cell| format!("\"{}\"", clean(cell.trim(), 40))).collect();
    format!("{columns} headed {}", named.join(", "))
}

//! Lists that people give: every file format, every trace of a spreadsheet, every damage.
mod kinds;
mod people;

use last_resort::engine::forecast::{PeopleList, PeopleListError, people_in_sheets};
use last_resort::io::sheets_in;

/// Reads people from the bytes of a file that can be read as a table.
#[track_caller]
fn people_in(bytes: impl AsRef<[u8]>) -> Result<PeopleList, PeopleListError> {
    people_in_sheets(&sheets_in(bytes.as_ref()).expect("a table"))
}

/// The EMPLIDs, each with its old usernames.
fn pairs(listed: &PeopleList) -> Vec<(&str, Vec<&str>)> {
    listed.people.iter().map(|p| (p.emplid.as_str(), p.earlier.iter().map(String::as_str).collect())).collect()
}

//! Requests that are ours: the only ones that may be routed, noted or cancelled.
use super::chain::BorrowingRequest;
use crate::engine::journal::{ProbeKind, ProbePlace, ProbeRecord, System};
use crate::engine::observed::{NumberedRequest, Transaction};
use crate::site::Site;
use crate::text::clean;

/// A request that was read from the host where we made it, and that shows our token, our patron and the number asked for.
/// A number alone never makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ours<T> {
    found: T,
    patron: String,
}

impl<T> Ours<T> {
    /// The request as it was read.
    pub fn found(&self) -> &T {
        &self.found
    }

    /// The test patron whose request it is.
    pub fn patron(&self) -> &str {
        &self.patron
    }
}

impl Ours<Transaction> {
    /// The request in ILLiad, if this is ours.
    ///
    /// # Errors
    /// In words, why it is not.
    pub fn in_illiad(site: &Site, one: &ProbeRecord, read: &NumberedRequest) -> Result<Self, String> {
        let found = read.record().clone();
        looks_ours(site, one, &found)?;
        Ok(Self { found, patron: one.patron.clone() })
    }
}

/// The numbers of the requests in a list that look like ours. A list may be old or wrong, so each must be read by its number.
pub fn listed_as_ours(site: &Site, one: &ProbeRecord, rows: &[Transaction]) -> Vec<i64> {
    rows.iter().filter(|row| looks_ours(site, one, row).is_ok()).map(|row| row.number).collect()
}

fn looks_ours(site: &Site, one: &ProbeRecord, found: &Transaction) -> Result<(), String> {
    reached(one, System::Illiad)?;
    if !found.username.as_deref().is_some_and(|name| is_same_person(name, &one.patron)) {
        return Err(format!("{} in ILLiad does not name the test patron", found.number));
    }
    if !one.shows_token(site, found) {
        return Err(format!("{} in ILLiad does not carry the token {}", found.number, one.token));
    }
    Ok(())
}

impl Ours<BorrowingRequest> {
    /// The borrowing request in Alma, if this is ours.
    ///
    /// # Errors
    /// In words, why it is not.
    pub fn in_alma(one: &ProbeRecord, asked: &str, found: BorrowingRequest) -> Result<Self, String> {
        if found.id != asked {
            return Err(format!("Alma was asked for {} and answered with {}", clean(asked, 60), clean(&found.id, 60)));
        }
        looks_ours_in_alma(one, &found)?;
        Ok(Self { found, patron: one.patron.clone() })
    }
}

/// The ids of the borrowing requests in a list of Alma's that look like ours. Each must be read by its id.
pub fn borrowings_listed_as_ours(one: &ProbeRecord, rows: &[BorrowingRequest]) -> Vec<String> {
    let ours = rows.iter().filter(|row| !row.id.is_empty() && looks_ours_in_alma(one, row).is_ok());
    ours.map(|row| row.id.clone()).collect()
}

fn looks_ours_in_alma(one: &ProbeRecord, found: &BorrowingRequest) -> Result<(), String> {
    reached(one, System::Alma)?;
    let name = clean(&found.id, 60);
    // Alma was asked for this patron's requests, so it need not repeat whose it is.
    if !found.requester.as_deref().is_none_or(|name| is_same_person(name, &one.patron)) {
        return Err(format!("{name} in Alma is another patron's"));
    }
    let title = found.title.as_deref().unwrap_or_default();
    let ours = match &one.by_hand {
        Some(placed) => placed.id == found.id && placed.title == title && found.is_a_test(),
        None => one.kind == ProbeKind::Borrowing && one.names(title),
    };
    match ours {
        true => Ok(()),
        false => Err(format!("{name} in Alma does not have the title of the test request")),
    }
}

/// Refuses what was made on another host than the one that is asked.
fn reached(one: &ProbeRecord, system: System) -> Result<(), String> {
    match &one.side(system).place {
        ProbePlace::Elsewhere(place) => Err(format!("it was created at {}", clean(place, 200))),
        ProbePlace::Here | ProbePlace::Unknown => Ok(()),
    }
}

/// Whether two identifiers name one person. Neither system looks at letter case, nor SQL Server at blanks at the end.
fn is_same_person(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

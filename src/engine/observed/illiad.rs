//! What ILLiad answered of itself and of requests.
use super::observation::{Observation, RowList};
use jiff::civil::DateTime;
use std::collections::BTreeMap;

/// A request in ILLiad, with only the columns we need (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    pub number: i64,
    pub status: String,
    /// The username of the patron whose request it is.
    pub username: Option<String>,
    pub cited_in: Option<String>,
    /// From ILLiad's column `LoanTitle`.
    pub title: Option<String>,
    pub process_type: Option<String>,
    /// The libraries it was sent to. Our rule wants it empty.
    pub lending_string: Option<String>,
    /// When it was made, by the clock of ILLiad's server. ILLiad does not say in which time zone (facts/illiad.md §1.4).
    pub created: Option<DateTime>,
}

/// A request in ILLiad that was read by its number. Only this shows how it stands: a row of a list may be old or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedRequest(Transaction);

impl NumberedRequest {
    /// What ILLiad answered when it was asked for this number.
    ///
    /// # Errors
    /// In words, if the answer is about another request.
    pub fn answering(asked: i64, found: Transaction) -> Result<Self, String> {
        match found.number == asked {
            true => Ok(Self(found)),
            false => Err(format!("the answer is for another request, {}", found.number)),
        }
    }

    /// The request as it was read.
    pub fn record(&self) -> &Transaction {
        &self.0
    }
}

/// The requests of one patron: the list, and those of it that were then read by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronRequests {
    pub list: RowList<Transaction>,
    pub by_number: BTreeMap<i64, Observation<NumberedRequest>>,
}

impl From<Vec<Transaction>> for PatronRequests {
    /// A list that was read to its end, and nothing by its number.
    fn from(rows: Vec<Transaction>) -> Self {
        Self { list: rows.into(), by_number: BTreeMap::new() }
    }
}

/// Everything read from ILLiad in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IlliadObservations {
    /// From `SystemInfo/PlatformVersion`, which needs no key, for example `9.2.2.0`.
    pub version: Observation<String>,
    /// From `SystemInfo/SecurePlatformVersion`: whether ILLiad accepts our API key.
    pub key: Observation<()>,
    /// Whether ILLiad accepts the export key that goes into Alma's partner. A key that ILLiad refuses is never written
    /// there.
    pub export_key: Observation<()>,
    /// Requests of the test patron.
    pub requests: Observation<PatronRequests>,
}

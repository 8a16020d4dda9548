//! One institution zone: its contents, and how its codes are described.
use super::columns::ColumnSource;
use super::screens::Screens;
use crate::sim::hand_entry::{HandEntry, NoSuchField};
use crate::sim::settings::{AlmaSettings, LetterCase, LocationValues};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// An institution zone. It holds keys, so it has no `Debug`.
pub(in crate::sim) struct AlmaZone {
    pub(super) settings: AlmaSettings,
    pub(super) url: String,
    pub(super) illiad_url: String,
    /// Libraries as in `zone/libraries.json`. They hold internal ids, which the API does not show.
    pub(super) libraries: Vec<Value>,
    pub(super) code_tables: Value,
    pub(super) users: Vec<Value>,
    /// Partner records as stored, with keys in clear.
    pub(super) partners: Vec<Value>,
    pub(super) borrowings: Vec<Borrowing>,
    pub(super) screens: Screens,
    pub(super) calls_left: u64,
    pub(super) number: u64,
    pub(super) recent: VecDeque<Instant>,
    /// Partners that reads still show as before the last write, with the number of such reads left.
    pub(super) outdated: BTreeMap<String, (Option<Value>, u32)>,
}

/// A borrowing request and its place on the rota.
#[derive(Debug)]
pub(super) struct Borrowing {
    pub(super) record: Value,
    pub(super) patron: String,
    pub(super) made: Instant,
    pub(super) leg: Leg,
}

/// How far a request has come on its rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leg {
    /// The rota has not been worked out yet.
    Locating,
    /// Nothing more happens without a person.
    Settled,
}

impl AlmaZone {
    /// A library and everything that belongs to it.
    pub(super) fn library(&self, code: &str) -> Option<&Value> {
        self.libraries.iter().find(|l| l["library"]["code"] == code)
    }

    /// The locations of a library, internal ids included.
    pub(super) fn locations(&self, library: &str) -> impl Iterator<Item = &Value> {
        self.library(library).and_then(|l| l["locations"].as_array()).into_iter().flatten()
    }

    /// The description of a code; `None` if the zone does not know it. `owner` is the library that the record belongs
    /// to.
    pub(super) fn describe(&self, source: ColumnSource, value: &str, owner: &str) -> Option<String> {
        let text = |v: &Value| v.as_str().map(str::to_owned);
        match source {
            ColumnSource::Nothing => None,
            ColumnSource::Table(table) => self.in_table(table, value),
            ColumnSource::UserIdentifier if value == self.settings.primary_identifier => {
                Some("Primary Identifier".to_owned())
            }
            ColumnSource::UserIdentifier => self.in_table("UserIdentifierTypes", value),
            ColumnSource::Library => self.library(value).and_then(|l| text(&l["library"]["name"])),
            ColumnSource::PickupLibrary => {
                let found = self.libraries.iter().find(|l| match self.settings.location_values {
                    LocationValues::Codes => l["library"]["code"] == value,
                    LocationValues::Ids | LocationValues::Refused => l["id_path"] == value,
                });
                found.and_then(|l| text(&l["library"]["name"]))
            }
            ColumnSource::Location => match self.settings.location_values {
                LocationValues::Codes => {
                    self.locations(owner).find(|l| l["code"] == value).and_then(|l| text(&l["name"]))
                }
                LocationValues::Ids | LocationValues::Refused => {
                    let mut all = self.libraries.iter().filter_map(|l| l["locations"].as_array()).flatten();
                    all.find(|l| l["internal_id"] == value).and_then(|l| text(&l["name"]))
                }
            },
        }
    }

    fn in_table(&self, table: &str, code: &str) -> Option<String> {
        let rows = self.code_tables[table]["rows"].as_array()?;
        rows.iter().find(|row| row["code"] == code)?["description"].as_str().map(str::to_owned)
    }

    /// The index of a partner in the zone's list.
    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.partners.iter().position(|p| match self.settings.partner_code_case {
            LetterCase::Exact => code_of(p) == code,
            LetterCase::Ignored => code_of(p).eq_ignore_ascii_case(code),
        })
    }

    /// A new number for each answer.
    pub(super) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// Whether one more call fits into the second that ends now. Refused calls do not count.
    pub(super) fn within_the_second(&mut self, now: Instant) -> bool {
        let Some(most) = self.settings.calls_per_second else {
            return true;
        };
        let cut = now.checked_sub(Duration::from_secs(1));
        while self.recent.front().is_some_and(|first| cut.is_some_and(|cut| *first <= cut)) {
            self.recent.pop_front();
        }
        if self.recent.len() >= most as usize {
            return false;
        }
        self.recent.push_back(now);
        true
    }

    /// Remembers a partner as it is before a write, where the world shows writes late.
    pub(super) fn about_to_write(&mut self, code: &str) {
        if self.settings.late_reads > 0 {
            let before = self.stored(code).cloned();
            self.outdated.insert(code.to_owned(), (before, self.settings.late_reads));
        }
    }

    /// What a read of a partner shows instead of the record as it is. The inner `None` is no record.
    pub(super) fn shown_late(&mut self, code: &str) -> Option<Option<Value>> {
        let (before, left) = self.outdated.get_mut(code)?;
        if *left == 0 {
            return None;
        }
        *left -= 1;
        Some(before.clone())
    }

    /// The record of a partner as stored.
    pub(in crate::sim) fn stored(&self, code: &str) -> Option<&Value> {
        self.partners.iter().find(|p| code_of(p) == code)
    }

    /// Stores a record unchanged, replacing the one with this code.
    pub(in crate::sim) fn store(&mut self, code: &str, record: Value) {
        match self.partners.iter_mut().find(|p| code_of(p) == code) {
            Some(place) => *place = record,
            None => self.partners.push(record),
        }
    }

    /// Removes a partner from the zone.
    pub(in crate::sim) fn remove(&mut self, code: &str) {
        self.partners.retain(|p| code_of(p) != code);
    }

    /// Enters values on one of Alma's screens.
    pub(in crate::sim) fn enter(&mut self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        self.screens.enter(entered)
    }

    /// Everything these screens show.
    pub(in crate::sim) fn on_screens(&self) -> Value {
        self.screens.everything()
    }

    /// The borrowing requests made so far.
    pub(in crate::sim) fn requests(&self) -> Vec<Value> {
        self.borrowings.iter().map(|b| b.record.clone()).collect()
    }
}

/// The code of a partner record.
pub(super) fn code_of(partner: &Value) -> &str {
    partner["partner_details"]["code"].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::AlmaZone;
    use crate::sim::settings::AlmaSettings;
    use std::time::{Duration, Instant};

    #[test]
    fn a_second_holds_so_many_calls_wherever_it_begins() {
        let settings = AlmaSettings { calls_per_second: Some(2), ..AlmaSettings::default() };
        let mut zone = AlmaZone::new(&settings, &[]);
        let start = Instant::now() + Duration::from_secs(60);
        let admitted =
            [0, 600, 700, 999, 1000, 1100, 1600].map(|ms| zone.within_the_second(start + Duration::from_millis(ms)));
        assert_eq!(admitted, [true, true, false, false, true, false, true]);
    }
}

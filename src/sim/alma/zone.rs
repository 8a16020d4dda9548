//! One institution zone: what it holds, and how its codes are described.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::columns::ColumnSource;
use super::record;
use super::rota::Borrowing;
use super::screens::Screens;
use crate::sim::json::{each_string, fill_in, set_at};
use crate::sim::settings::{AlmaSettings, LetterCase, LocationValues, PartnerListing, Presence};
use crate::sim::world::zone_file;

/// An institution zone. It holds keys, so it cannot be printed.
pub(in crate::sim) struct Zone {
    pub(super) settings: AlmaSettings,
    pub(super) url: String,
    pub(super) illiad_url: String,
    /// Libraries as in `zone/libraries.json`: internal ids beside what the API shows.
    pub(super) libraries: Vec<Value>,
    pub(super) code_tables: Value,
    pub(super) users: Vec<Value>,
    /// Partner records as stored, keys in clear.
    pub(super) partners: Vec<Value>,
    pub(super) borrowings: Vec<Borrowing>,
    pub(super) screens: Screens,
    pub(super) calls_left: u64,
    number: u64,
    recent: VecDeque<Instant>,
}

impl Zone {
    pub(in crate::sim) fn new(settings: &AlmaSettings, names: &[(&str, &str)]) -> Self {
        let file = |name: &str| {
            let mut value = zone_file(name);
            fill_in(&mut value, names);
            value
        };
        let named =
            |wanted: &str| names.iter().find(|(name, _)| *name == wanted).map_or("", |(_, value)| value).to_owned();
        let mut zone = Self {
            settings: settings.clone(),
            url: named("alma_url"),
            illiad_url: named("illiad_url"),
            libraries: items(file("libraries")),
            code_tables: file("code-tables"),
            users: items(file("users")),
            partners: Vec::new(),
            borrowings: Vec::new(),
            screens: Screens::new(settings.rota.rule),
            calls_left: settings.calls_left,
            number: 0,
            recent: VecDeque::new(),
        };
        zone.furnish();
        zone.partners = (1..=settings.peers).map(peer).collect();
        zone.partners.extend(items(file("other-partners")));
        zone.partners.retain(|p| !settings.without_partners.iter().any(|code| code == code_of(p)));
        if settings.partner.presence == Presence::Present {
            zone.partners.push(drifted(file("illiad-partner"), settings, names));
        }
        let records = std::mem::take(&mut zone.partners);
        zone.partners = records.into_iter().map(|record| record::filled(&zone, zone.resolved(record))).collect();
        zone
    }

    fn furnish(&mut self) {
        let settings = &self.settings;
        self.libraries.retain(|l| !settings.without_libraries.iter().any(|code| l["library"]["code"] == code.as_str()));
        for library in &mut self.libraries {
            if settings.unflagged_libraries.iter().any(|code| library["library"]["code"] == code.as_str()) {
                library["library"]["resource_sharing"] = json!(false);
            }
        }
        if settings.primary_identifier_in_table == PartnerListing::Listed {
            let row = json!({"code": settings.primary_identifier, "description": "Primary Identifier", "default": false, "enabled": true});
            if let Some(Value::Array(rows)) = self.code_tables.pointer_mut("/UserIdentifierTypes/rows") {
                rows.push(row);
            }
        }
    }

    /// Replaces `@location:LIBRARY/CODE` and `@library:CODE` by what this zone's records hold for them.
    fn resolved(&self, mut record: Value) -> Value {
        each_string(&mut record, &mut |_, text| {
            if let Some((library, code)) = text.strip_prefix("@location:").and_then(|rest| rest.split_once('/')) {
                *text = self.location_value(library, code);
            } else if let Some(library) = text.strip_prefix("@library:") {
                *text = self.pickup_value(library);
            }
        });
        record
    }

    fn location_value(&self, library: &str, code: &str) -> String {
        let id = self.locations(library).find(|l| l["code"] == code).and_then(|l| l["internal_id"].as_str());
        match (self.settings.location_values, id) {
            (LocationValues::Ids | LocationValues::Refused, Some(id)) => id.to_owned(),
            _ => code.to_owned(),
        }
    }

    fn pickup_value(&self, code: &str) -> String {
        let path = self.library(code).and_then(|l| l["id_path"].as_str());
        match (self.settings.location_values, path) {
            (LocationValues::Ids | LocationValues::Refused, Some(path)) => path.to_owned(),
            _ => code.to_owned(),
        }
    }

    /// A library with all that belongs to it.
    pub(super) fn library(&self, code: &str) -> Option<&Value> {
        self.libraries.iter().find(|l| l["library"]["code"] == code)
    }

    /// The locations of a library, internal ids included.
    pub(super) fn locations(&self, library: &str) -> impl Iterator<Item = &Value> {
        self.library(library).and_then(|l| l["locations"].as_array()).into_iter().flatten()
    }

    /// What a code stands for; `None` where the zone does not know it. `owner` is the library the record belongs to.
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

    /// Where a partner stands in the zone's list.
    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.partners.iter().position(|p| match self.settings.partner_code_case {
            LetterCase::Exact => code_of(p) == code,
            LetterCase::Ignored => code_of(p).eq_ignore_ascii_case(code),
        })
    }

    /// A number no answer had before.
    pub(super) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// Whether one more call fits into the second that ends now; calls turned away do not count.
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

    /// The record of a partner as stored.
    pub(in crate::sim) fn stored(&self, code: &str) -> Option<&Value> {
        self.partners.iter().find(|p| code_of(p) == code)
    }

    /// Puts a record in the zone as it is, in the place of the one with this code.
    pub(in crate::sim) fn store(&mut self, code: &str, record: Value) {
        match self.partners.iter_mut().find(|p| code_of(p) == code) {
            Some(place) => *place = record,
            None => self.partners.push(record),
        }
    }

    /// Takes a partner out of the zone.
    pub(in crate::sim) fn remove(&mut self, code: &str) {
        self.partners.retain(|p| code_of(p) != code);
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

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

fn drifted(mut record: Value, settings: &AlmaSettings, names: &[(&str, &str)]) -> Value {
    for (pointer, value) in &settings.partner.set {
        set_at(&mut record, pointer, Some(json_of(value)));
    }
    fill_in(&mut record, names);
    record
}

/// A TOML value as JSON.
pub(super) fn json_of(value: &toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn peer(number: u32) -> Value {
    json!({
        "partner_details": {
            "code": format!("PEER-{number:02}"), "name": format!("Peer library {number}"),
            "profile_details": {"profile_type": "EMAIL",
                "email_details": {"email": format!("ill{number}@example.org"), "resending_overdue_message_interval": 0}},
            "status": "ACTIVE", "system_type": {"value": "OTHER"}, "avg_supply_time": 5, "delivery_delay": 1, "currency": "USD",
            "borrowing_supported": true, "lending_supported": number.is_multiple_of(2)
        },
        "contact_info": {"address": [], "phone": [],
            "email": [{"email_address": format!("ill{number}@example.org"), "description": null, "preferred": true, "email_type": ["queries"]}]},
        "note": []
    })
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use crate::sim::settings::AlmaSettings;
    use std::time::{Duration, Instant};

    #[test]
    fn a_second_holds_so_many_calls_wherever_it_begins() {
        let settings = AlmaSettings { calls_per_second: Some(2), ..AlmaSettings::default() };
        let mut zone = Zone::new(&settings, &[]);
        let start = Instant::now() + Duration::from_secs(60);
        let admitted =
            [0, 600, 700, 999, 1000, 1100, 1600].map(|ms| zone.within_the_second(start + Duration::from_millis(ms)));
        assert_eq!(admitted, [true, true, false, false, true, false, true]);
    }
}

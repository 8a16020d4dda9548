//! Fills a zone at the start with what a world describes.
use super::record;
use super::screens::Screens;
use super::zone::{AlmaZone, code_of};
use crate::sim::json::{each_string, fill_in, json_of, set_at};
use crate::sim::settings::{AlmaSettings, LocationValues, PartnerListing, Presence};
use crate::sim::world::zone_file;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

impl AlmaZone {
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
            screens: Screens::new(settings.rota),
            calls_left: settings.calls_left,
            number: 0,
            recent: VecDeque::new(),
            outdated: BTreeMap::new(),
        };
        zone.furnish();
        zone.add_twins();
        zone.partners = (1..=settings.peers).map(peer).collect();
        zone.partners.extend(items(file("other-partners")));
        zone.partners.retain(|p| !settings.without_partners.iter().any(|code| code == code_of(p)));
        zone.partners.extend(settings.earlier_illiad.iter().map(|code| {
            let mut record = file("illiad-partner");
            record["partner_details"]["code"] = json!(code);
            record["partner_details"]["name"] = json!("Interlibrary loan");
            record
        }));
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

    /// Adds a second thing of the same name, where the world asks for one.
    fn add_twins(&mut self) {
        let twins = self.settings.twins.clone();
        for library in &mut self.libraries {
            for (list, label) in [("locations", "name"), ("circ_desks", "name")] {
                double(&mut library[list], label, &twins);
            }
        }
        if let Value::Object(tables) = &mut self.code_tables {
            tables.values_mut().for_each(|table| double(&mut table["rows"], "description", &twins));
        }
    }

    /// Replaces `@location:LIBRARY/CODE` and `@library:CODE` by the values this zone's records use for them.
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
}

/// Adds a copy of each row whose label is among `twins`, under another code and internal id.
fn double(rows: &mut Value, label: &str, twins: &[String]) {
    let Value::Array(rows) = rows else { return };
    let named = |row: &&Value| twins.iter().any(|name| row[label] == name.as_str());
    let copies: Vec<Value> = rows.iter().filter(named).cloned().map(another).collect();
    rows.extend(copies);
}

fn another(mut row: Value) -> Value {
    for member in ["code", "internal_id"] {
        if let Some(text) = row[member].as_str() {
            row[member] = json!(format!("{text}2"));
        }
    }
    row
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

//! Resolves what the procedure wants of a value at this campus, using Alma's own lists.
use super::identify;
use super::identify::Identification;
use super::snapshot::Snapshot;
use crate::engine::observed::{AlmaObservations, Observation};
use crate::recipe::{BLANK, CampusValue, Choice, CodeTable, Expectation, Field, KeySlot, Recipe};
use crate::site::Site;

/// A wanted value, resolved for the campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedValue {
    Text(String),
    Number(i64),
    Checked(bool),
    /// One entry of a closed list.
    Choice(Choice),
    /// An object `{value, desc}`, or a plain code, for a row, place or desk.
    Named(NamedValue),
    /// The field must be empty.
    Blank,
    /// The key in this slot.
    Secret(KeySlot),
}

/// A wanted value that has a code or identifier in Alma and a label for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedValue {
    pub label: String,
    /// Codes that mean it, looked up live. Empty if the look-up failed or found nothing.
    pub codes: Vec<String>,
    /// All rows of the same list, as (code, label).
    pub known: Vec<(String, String)>,
    pub shape: CodeShape,
    pub send: Identification,
    /// Why Alma's list of names could not be read. `label` is then only what the campus file says, and a value we do
    /// not recognise may still be right.
    pub unseen: Option<String>,
}

/// How a named value appears in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeShape {
    /// `{"value": …, "desc": …}`
    Object,
    Plain,
}

impl WantedValue {
    /// The value in the procedure's words. `snapshot_key` is the description of the export key.
    pub fn words(&self, snapshot_key: Option<&str>) -> Option<String> {
        Some(match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Checked(on) => checked(*on).to_owned(),
            Self::Choice(choice) => choice.label.clone(),
            Self::Named(named) => named.label.clone(),
            Self::Blank => BLANK.to_owned(),
            Self::Secret(_) => return snapshot_key.map(str::to_owned),
        })
    }
}

/// The procedure's words for a checkbox.
pub(crate) fn checked(on: bool) -> &'static str {
    if on { "Checked" } else { "Not checked" }
}

/// Resolves a field's expectation for a campus.
pub fn wanted(recipe: &Recipe, site: &Site, seen: &AlmaObservations, field: &Field) -> WantedValue {
    match &field.want {
        Expectation::Text(text) => WantedValue::Text(text.clone()),
        Expectation::Number(number) => WantedValue::Number(*number),
        Expectation::Checked(on) => WantedValue::Checked(*on),
        Expectation::Choice(choice) => WantedValue::Choice(choice.clone()),
        Expectation::Blank => WantedValue::Blank,
        Expectation::Secret(slot) => WantedValue::Secret(*slot),
        Expectation::Template(text) => WantedValue::Text(text.replace("{illiad_url}", site.illiad_url.as_str())),
        Expectation::ByStance { .. } => {
            WantedValue::Text(field.want.by_stance(site.stance).unwrap_or_default().to_owned())
        }
        Expectation::SameAs(other) => match recipe.field(other) {
            Some(other) => wanted(recipe, site, seen, other),
            None => WantedValue::Blank,
        },
        Expectation::Coded { table, label } => WantedValue::Named(coded(seen, *table, label)),
        Expectation::Location(name) => WantedValue::Named(location(site, seen, field, name)),
        Expectation::FromSite(value) => from_site(site, seen, field, *value),
    }
}

/// What a person should enter for this field, in the procedure's words. `None` for a key that is not known here.
pub fn wanted_words(recipe: &Recipe, site: &Site, snapshot: &Snapshot, field: &Field) -> Option<String> {
    let key = snapshot.keys.export_key.got().map(|(_, key)| key.described());
    wanted(recipe, site, &snapshot.alma, field).words(key.as_deref())
}

fn coded(seen: &AlmaObservations, table: CodeTable, label: &str) -> NamedValue {
    let rows = seen.tables.get(&table).map(Observation::rows).unwrap_or_default();
    let codes: Vec<String> = rows.iter().filter(|row| row.description == label).map(|row| row.code.clone()).collect();
    let send = identify::row(seen, table, label, &codes);
    NamedValue {
        label: label.to_owned(),
        codes,
        known: rows.iter().map(|row| (row.code.clone(), row.description.clone())).collect(),
        shape: CodeShape::Object,
        send,
        unseen: None,
    }
}

fn location(site: &Site, seen: &AlmaObservations, field: &Field, name: &str) -> NamedValue {
    let rows = seen.locations.rows();
    let codes = rows
        .iter()
        .filter(|row| row.name == name)
        .flat_map(|row| std::iter::once(row.code.clone()).chain(row.id.clone()))
        .collect();
    NamedValue {
        label: name.to_owned(),
        codes,
        known: identify::locations(seen),
        shape: CodeShape::Object,
        send: identify::location(site, seen, &field.channel, name),
        unseen: None,
    }
}

fn from_site(site: &Site, seen: &AlmaObservations, field: &Field, value: CampusValue) -> WantedValue {
    match value {
        CampusValue::Nvtgc => WantedValue::Text(site.nvtgc.clone()),
        CampusValue::Library => WantedValue::Named(library(site, seen, identify::owner(site, seen))),
        CampusValue::PickupLibrary => {
            WantedValue::Named(library(site, seen, identify::pickup(site, seen, &field.channel)))
        }
        CampusValue::ReceiveDesk => WantedValue::Named(desk(site, seen)),
    }
}

fn library(site: &Site, seen: &AlmaObservations, send: Identification) -> NamedValue {
    let rows = seen.libraries.rows();
    let ours = rows.iter().find(|row| row.code == site.library);
    let label = ours.map_or_else(|| site.library.clone(), |row| row.name.clone());
    let mut codes = vec![site.library.clone()];
    codes.extend(ours.and_then(|row| row.id.clone()));
    NamedValue {
        label,
        codes,
        known: identify::libraries(seen),
        shape: CodeShape::Object,
        send,
        unseen: unseen(&seen.libraries),
    }
}

fn unseen<T>(list: &Observation<T>) -> Option<String> {
    list.unread().map(|why| why.what.clone())
}

fn desk(site: &Site, seen: &AlmaObservations) -> NamedValue {
    let rows = seen.desks.rows();
    let ours = rows.iter().find(|row| row.name == site.receive_desk || row.code == site.receive_desk);
    let label = ours.map_or_else(|| site.receive_desk.clone(), |row| row.name.clone());
    NamedValue {
        label,
        codes: ours.map(|row| row.code.clone()).into_iter().collect(),
        known: rows.iter().map(|row| (row.code.clone(), row.name.clone())).collect(),
        shape: CodeShape::Plain,
        send: identify::desk(site, seen, ours),
        unseen: unseen(&seen.desks),
    }
}

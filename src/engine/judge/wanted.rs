//! What the procedure wants of a value for this campus, with what Alma's own lists say.
use super::identify;
use super::identify::Identification;
use super::snapshot::Snapshot;
use crate::engine::observed::{AlmaObservations, Observation};
use crate::recipe::{BLANK, CampusValue, Choice, CodeTable, Expectation, Field, KeySlot, Recipe};
use crate::site::Site;

/// What is wanted, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedValue {
    /// This text.
    Text(String),
    /// This number.
    Number(i64),
    /// A checkbox.
    Checked(bool),
    /// One of a closed list.
    Choice(Choice),
    /// An object `{value, desc}` or a plain code that stands for a row, place or desk.
    Named(NamedValue),
    /// Nothing.
    Blank,
    /// A key.
    Secret(KeySlot),
}

/// A wanted value that Alma knows by a code or identifier, and people by a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedValue {
    /// What people call it.
    pub label: String,
    /// Codes that mean it, looked up live; empty where the look-up failed or gave nothing.
    pub codes: Vec<String>,
    /// Rows of the same list: code and label.
    pub known: Vec<(String, String)>,
    /// Whether the record holds an object or a plain string.
    pub shape: CodeShape,
    /// What to send, or why it cannot be known.
    pub send: Identification,
    /// Why the list that would tell the name could not be read, where the label is only what the campus file calls it.
    /// Then a value that is not recognised may still be the right one.
    pub unseen: Option<String>,
}

/// How a named value stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeShape {
    /// `{"value": …, "desc": …}`
    Object,
    /// A plain string.
    Plain,
}

impl WantedValue {
    /// In the procedure's words.
    #[must_use]
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
#[must_use]
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

/// What a person is to enter, without anything read: for value cards.
#[must_use]
pub fn wanted_words(recipe: &Recipe, site: &Site, snapshot: &Snapshot, field: &Field) -> Option<String> {
    let key = snapshot.keys.export_key.got().map(|(_, key)| key.described());
    wanted(recipe, site, &snapshot.alma, field).words(key.as_deref())
}

fn coded(seen: &AlmaObservations, table: CodeTable, label: &str) -> NamedValue {
    let rows = seen.tables.get(&table).and_then(Observation::got).map(Vec::as_slice).unwrap_or_default();
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
    let rows = seen.locations.got().map(Vec::as_slice).unwrap_or_default();
    let codes = rows
        .iter()
        .filter(|row| row.name == name)
        .flat_map(|row| std::iter::once(row.code.clone()).chain(row.id.clone()))
        .collect();
    NamedValue {
        label: name.to_owned(),
        codes,
        known: rows.iter().flat_map(|row| identify::meanings(&row.code, row.id.as_ref(), &row.name)).collect(),
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
    let rows = seen.libraries.got().map(Vec::as_slice).unwrap_or_default();
    let ours = rows.iter().find(|row| row.code == site.library);
    let label = ours.map_or_else(|| site.library.clone(), |row| row.name.clone());
    let mut codes = vec![site.library.clone()];
    codes.extend(ours.and_then(|row| row.id.clone()));
    NamedValue {
        label,
        codes,
        known: rows.iter().flat_map(|row| identify::meanings(&row.code, row.id.as_ref(), &row.name)).collect(),
        shape: CodeShape::Object,
        send,
        unseen: unseen(&seen.libraries),
    }
}

fn unseen<T>(list: &Observation<T>) -> Option<String> {
    list.unread().map(|why| why.what.clone())
}

fn desk(site: &Site, seen: &AlmaObservations) -> NamedValue {
    let rows = seen.desks.got().map(Vec::as_slice).unwrap_or_default();
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

//! Resolves what the procedure wants of a value at this campus, using Alma's own lists.
use super::agreed::AgreedDifference;
use super::identify;
use super::identify::{Identification, several};
use super::snapshot::Snapshot;
use crate::engine::observed::{AlmaObservations, CodeRow, Desk, Library, Observation};
use crate::recipe::{BLANK, CampusValue, Choice, CodeStatus, CodeTable, Expectation, Field, KeySlot, Recipe};
use crate::site::{AgreedValues, Site};
use crate::text::clean;

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
    /// The question for a person, if several rows have this label.
    pub question: Option<NameQuestion>,
    /// All rows of the same list, as (code, label).
    pub known: Vec<(String, String)>,
    pub shape: CodeShape,
    pub send: Identification,
    /// Why Alma's list of names could not be read. `label` is then only what the campus file says, and a value we do
    /// not recognise may still be right.
    pub unseen: Option<String>,
}

/// The question which of several things with one name is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuestion {
    pub words: String,
    /// The codes that it is about. A value outside the list is in question too if it only has the name.
    pub among: Vec<String>,
}

impl NameQuestion {
    /// The question about these codes, if there is more than one.
    fn about(what: &str, name: &str, codes: Vec<String>) -> Option<Self> {
        (codes.len() > 1).then(|| Self { words: several(what, name, &codes), among: codes })
    }
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
    let want = field.wanted_at(site);
    match &*want {
        Expectation::Text(text) => WantedValue::Text(text.clone()),
        Expectation::Number(number) => WantedValue::Number(*number),
        Expectation::Checked(on) => WantedValue::Checked(*on),
        Expectation::Choice(choice) => WantedValue::Choice(choice.clone()),
        Expectation::Blank => WantedValue::Blank,
        Expectation::Secret(slot) => WantedValue::Secret(*slot),
        Expectation::Template(text) => {
            WantedValue::Text(text.replace("{illiad_url}", site.illiad_url.as_str()).replace("{prefix}", &site.prefix))
        }
        Expectation::ByStance { .. } => WantedValue::Text(want.by_stance(site.stance).unwrap_or_default().to_owned()),
        Expectation::SameAs(other) => match recipe.field(other) {
            Some(other) => wanted(recipe, site, seen, other),
            None => WantedValue::Blank,
        },
        Expectation::Coded { table, label, also } => WantedValue::Named(coded(seen, *table, label, also)),
        Expectation::Location(name) => WantedValue::Named(location(site, seen, field, name)),
        Expectation::FromSite(value) => from_site(site, seen, field, *value),
        Expectation::Instead(value, text) => from_site(&instead(site, seen, *value, text), seen, field, *value),
        Expectation::Unlisted(text, status) => WantedValue::Named(unlisted(text, *status)),
    }
}

/// What was agreed on for a field, if it is not what the procedure says anyway.
pub(crate) fn agreed_difference(
    recipe: &Recipe,
    site: &Site,
    seen: &AlmaObservations,
    field: &Field,
) -> Option<AgreedDifference> {
    let reason = field.agreed_at(site)?.reason.clone();
    let procedure = wanted(recipe, &unagreed(site), seen, field).words(None)?;
    let here = wanted(recipe, site, seen, field).words(None);
    (here.as_deref() != Some(procedure.as_str())).then_some(AgreedDifference { procedure, reason })
}

/// The campus as if nothing had been agreed on.
pub(crate) fn unagreed(site: &Site) -> Site {
    Site { agreed: AgreedValues::new(), ..site.clone() }
}

/// The code by which Alma knows our partner at this campus.
pub fn partner_code(recipe: &Recipe, site: &Site) -> String {
    let field = recipe.field(&"partner.code".into());
    let words = field.and_then(|field| wanted(recipe, site, &AlmaObservations::default(), field).words(None));
    words.unwrap_or_default()
}

/// The campus with another library or desk, by its code or name.
fn instead(site: &Site, seen: &AlmaObservations, value: CampusValue, text: &str) -> Site {
    let mut site = site.clone();
    match value {
        CampusValue::Library | CampusValue::PickupLibrary => {
            let called = seen.libraries.rows().iter().find(|row| row.name == text);
            site.library = called.map_or_else(|| text.to_owned(), |row| row.code.clone());
        }
        CampusValue::ReceiveDesk => text.clone_into(&mut site.receive_desk),
        CampusValue::Nvtgc => text.clone_into(&mut site.nvtgc),
    }
    site
}

/// A text for which no list of Alma's is known. A name is never sent on the chance that it is the code.
fn unlisted(text: &str, status: CodeStatus) -> NamedValue {
    let (shape, send) = match status {
        CodeStatus::Code => (CodeShape::Plain, Identification::Known { value: text.to_owned(), desc: text.to_owned() }),
        CodeStatus::MaybeName => {
            let why = format!("no list of Alma's shows the code of \"{}\"", clean(text, 80));
            (CodeShape::Object, Identification::Unknowable(why))
        }
    };
    let (label, codes) = (text.to_owned(), vec![text.to_owned()]);
    NamedValue { label, codes, question: None, known: Vec::new(), shape, send, unseen: None }
}

/// What a person should enter for this field, in the procedure's words. `None` for a key that is not known here.
pub fn wanted_words(recipe: &Recipe, site: &Site, snapshot: &Snapshot, field: &Field) -> Option<String> {
    let key = snapshot.keys.export_key.got().map(|(_, key)| key.described());
    wanted(recipe, site, &snapshot.alma, field).words(key.as_deref())
}

fn coded(seen: &AlmaObservations, table: CodeTable, label: &str, also: &[String]) -> NamedValue {
    let rows = seen.tables.get(&table).map(Observation::rows).unwrap_or_default();
    let called: Vec<&CodeRow> = rows.iter().filter(|row| row.description == label).collect();
    let enabled: Vec<&CodeRow> = called.iter().copied().filter(|row| row.enabled).collect();
    // A row that is switched off cannot be chosen in Alma, so it does not compete with one that can.
    let choice = if enabled.is_empty() { &called } else { &enabled };
    let codes: Vec<String> = choice.iter().map(|row| row.code.clone()).collect();
    let send = identify::row(seen, table, label, &codes);
    let unless_renamed = |code: &&String| rows.iter().all(|row| row.code != **code || row.description == label);
    let documented = also.iter().filter(unless_renamed).cloned();
    let list = format!("rows of the code table {}", table.name());
    let question = NameQuestion::about(&list, label, called.iter().map(|row| row.code.clone()).collect());
    NamedValue {
        label: label.to_owned(),
        codes: if codes.len() > 1 { documented.collect() } else { codes.into_iter().chain(documented).collect() },
        question,
        known: described(rows),
        shape: CodeShape::Object,
        send,
        unseen: None,
    }
}

/// The codes and names of the rows that have a name.
fn described(rows: &[CodeRow]) -> Vec<(String, String)> {
    let named = rows.iter().filter(|row| !row.description.trim().is_empty());
    named.map(|row| (row.code.clone(), row.description.clone())).collect()
}

fn location(site: &Site, seen: &AlmaObservations, field: &Field, name: &str) -> NamedValue {
    let called = identify::locations_called(seen, name);
    let question = NameQuestion::about("locations", name, called.iter().map(|row| row.code.clone()).collect());
    let codes = called.iter().flat_map(|row| std::iter::once(row.code.clone()).chain(row.id.clone()));
    NamedValue {
        label: name.to_owned(),
        codes: if question.is_some() { Vec::new() } else { codes.collect() },
        question,
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
    let called: Vec<&Library> = rows.iter().filter(|row| row.name == label).collect();
    let question = NameQuestion::about("libraries", &label, called.iter().map(|row| row.code.clone()).collect());
    NamedValue {
        label,
        codes,
        // The campus file names the library by its code, so no other code is in question.
        question: question.map(|asked| NameQuestion { among: Vec::new(), ..asked }),
        known: identify::libraries(seen),
        shape: CodeShape::Object,
        send,
        unseen: unseen(&seen.libraries),
    }
}

fn unseen<T>(list: &Observation<T>) -> Option<String> {
    list.unread().map(|why| why.plain().to_owned())
}

fn desk(site: &Site, seen: &AlmaObservations) -> NamedValue {
    let rows = seen.desks.rows();
    let wanted = |row: &&Desk| row.name == site.receive_desk || row.code == site.receive_desk;
    let ours: Vec<&Desk> = rows.iter().filter(wanted).collect();
    let codes: Vec<String> = ours.iter().map(|row| row.code.clone()).collect();
    let mut question = NameQuestion::about("desks", &site.receive_desk, codes.clone());
    if let Some(asked) = &mut question {
        asked.words.push_str(" Put its code into the campus file: alma.receive_desk");
    }
    NamedValue {
        label: ours.first().map_or_else(|| site.receive_desk.clone(), |row| row.name.clone()),
        codes: if question.is_some() { Vec::new() } else { codes },
        question,
        known: rows.iter().map(|row| (row.code.clone(), row.name.clone())).collect(),
        shape: CodeShape::Plain,
        send: identify::desk(site, seen, &ours),
        unseen: unseen(&seen.desks),
    }
}

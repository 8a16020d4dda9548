//! Finds the identifier by which Alma knows a location, library, desk or row. It comes from what Alma answered and is
//! never guessed (facts/alma.md §5).
use crate::engine::observed::{AlmaObservations, Desk, Location, Observation, PartnerRecord, UnreadKind, UnreadReason};
use crate::recipe::{Channel, CodeTable};
use crate::site::Site;
use crate::text::{clean, is_masked};
use serde_json::Value;
use std::collections::BTreeSet;

/// The identifier to send for a named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identification {
    /// A value known from Alma itself.
    Known {
        /// Goes into `value`, or is sent alone.
        value: String,
        desc: String,
    },
    /// A list that may show it could not be read.
    Unread(UnreadReason),
    /// Nothing that Alma answered shows it, or several things are called so. Holds the reason, for the value card.
    Unknowable(String),
}

impl Identification {
    /// Several things have the wanted name. Only a person can say which one is meant.
    fn several<T: AsRef<str>>(what: &str, name: &str, ids: impl IntoIterator<Item = T>) -> Self {
        Self::Unknowable(several(what, name, ids))
    }

    /// A list could not be read.
    fn unread(list: &str, why: &UnreadReason) -> Self {
        Self::Unread(why.within(|words| format!("{list} could not be read: {words}")))
    }
}

/// The question for a person when several things have the wanted name.
pub(crate) fn several<T: AsRef<str>>(what: &str, name: &str, ids: impl IntoIterator<Item = T>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| clean(id.as_ref(), 60)).collect();
    format!("Alma has {} {what} called \"{}\" ({}): which one is meant?", ids.len(), clean(name, 80), ids.join(", "))
}

/// What the partners of the zone show of an identifier.
enum Learned {
    Nothing,
    One(String),
    /// Partners show different identifiers for the same name.
    Several(BTreeSet<String>),
}

impl Learned {
    fn of(values: impl Iterator<Item = String>) -> Self {
        let mut all: BTreeSet<String> = values.collect();
        match (all.pop_first(), all.is_empty()) {
            (None, _) => Self::Nothing,
            (Some(one), true) => Self::One(one),
            (Some(one), false) => {
                all.insert(one);
                Self::Several(all)
            }
        }
    }
}

/// Suffix of the `ncip_details` members that hold a location (facts/alma.md §3.4).
const LOCATIONS: &str = "_location";
/// Suffix of the members that hold a pickup library: a dotted id path in Ex Libris's example, a code elsewhere.
const PICKUP_LIBRARIES: &str = "_pickup_library";
/// Suffix of the members that hold the owner: a library code in Ex Libris's example.
const OWNERS: &str = "_library_owner";

/// The identifier of a code-table row: the one another record of the zone uses, else the one in the table. `codes` are
/// the rows with this label.
pub(crate) fn row(seen: &AlmaObservations, table: CodeTable, label: &str, codes: &[String]) -> Identification {
    let known = |value: String| Identification::Known { value, desc: label.to_owned() };
    if codes.len() > 1 {
        return Identification::several(&format!("rows of the code table {}", table.name()), label, codes);
    }
    let rows = seen.tables.get(&table).map(Observation::rows).unwrap_or_default();
    let list: Vec<(String, String)> = rows.iter().map(|row| (row.code.clone(), row.description.clone())).collect();
    let in_use = Learned::of(records(seen).flat_map(|record| learned(record, "", label, &list)));
    match (in_use, codes.first(), seen.tables.get(&table)) {
        (Learned::One(value), ..) => known(value),
        (_, Some(code), _) => known(code.clone()),
        (Learned::Several(values), None, _) => Identification::several("codes for what is", label, &values),
        (Learned::Nothing, None, Some(Observation::Unread(why))) => {
            Identification::unread(&format!("Alma's code table {}", table.name()), why)
        }
        (Learned::Nothing, None, _) => unless_unread(seen, || {
            format!(
                "Alma's code table {} has no row called \"{label}\", and no partner read in this zone uses it",
                table.name()
            )
        }),
    }
}

/// The locations of the Resource Sharing Library with this name, from Alma's list.
pub(crate) fn locations_called<'a>(seen: &'a AlmaObservations, name: &str) -> Vec<&'a Location> {
    seen.locations.rows().iter().filter(|row| row.name == name).collect()
}

/// The identifier of a location: from a partner of the same library, from
/// the record itself, or from Alma's list if it shows ids.
pub(crate) fn location(site: &Site, seen: &AlmaObservations, channel: &Channel, name: &str) -> Identification {
    let named = locations_called(seen, name);
    if named.len() > 1 {
        return Identification::several("locations", name, named.iter().map(|row| &row.code));
    }
    match from_partners(site, seen, channel, LOCATIONS, name, &locations(seen)) {
        Learned::One(value) => return Identification::Known { value, desc: name.to_owned() },
        Learned::Several(values) => return Identification::several("identifiers for the location", name, &values),
        Learned::Nothing => {}
    }
    match (named.first(), &seen.locations) {
        (Some(row), _) => match &row.id {
            Some(id) => Identification::Known { value: id.clone(), desc: name.to_owned() },
            None => unless_unread(seen, || {
                format!(
                    "Alma may want an internal id for the location \"{name}\" ({}), which its API does not show, and no partner read for the library {} shows it",
                    row.code, site.library
                )
            }),
        },
        (None, Observation::Unread(why)) => Identification::unread(&format!("the locations of {}", site.library), why),
        (None, _) => {
            Identification::Unknowable(format!("the library {} has no location called \"{name}\"", site.library))
        }
    }
}

/// The identifier of the owner library: the one another partner uses,
/// else its code (rest_partner.xsd's example is a code).
pub(crate) fn owner(site: &Site, seen: &AlmaObservations) -> Identification {
    let Some(name) = library_name(site, seen) else { return no_library(site, seen) };
    let list = libraries(seen);
    let in_use = match Learned::of(others_of(site, seen).flat_map(|record| learned(record, OWNERS, name, &list))) {
        Learned::One(value) if !shares_name(seen, name) => value,
        _ => site.library.clone(),
    };
    Identification::Known { value: in_use, desc: name.to_owned() }
}

/// The identifier of the pickup library, as partners of the same library use it.
pub(crate) fn pickup(site: &Site, seen: &AlmaObservations, channel: &Channel) -> Identification {
    let Some(name) = library_name(site, seen) else { return no_library(site, seen) };
    if shares_name(seen, name) {
        let named = seen.libraries.rows().iter().filter(|row| row.name == name);
        return Identification::several("libraries", name, named.map(|row| &row.code));
    }
    match from_partners(site, seen, channel, PICKUP_LIBRARIES, name, &libraries(seen)) {
        Learned::One(value) => Identification::Known { value, desc: name.to_owned() },
        Learned::Several(values) => Identification::several("identifiers for the pickup library", name, &values),
        Learned::Nothing => unless_unread(seen, || {
            format!(
                "Alma may want an internal id path for the pickup library \"{name}\", which its API does not show, and no partner read for the library {} shows it",
                site.library
            )
        }),
    }
}

/// The identifier of the desk, which is its code. `ours` are the desks with the wanted name or code.
pub(crate) fn desk(site: &Site, seen: &AlmaObservations, ours: &[&Desk]) -> Identification {
    match (ours, &seen.desks) {
        ([desk], _) => Identification::Known { value: desk.code.clone(), desc: desk.name.clone() },
        ([], Observation::Unread(why)) => Identification::unread(&format!("the desks of {}", site.library), why),
        ([], _) => Identification::Unknowable(format!(
            "the library {} has no desk called \"{}\"",
            site.library, site.receive_desk
        )),
        (several, _) => Identification::several("desks", &site.receive_desk, several.iter().map(|desk| &desk.code)),
    }
}

/// Nothing shows an identifier, unless some of the zone's partners could not be read: then one of them may.
fn unless_unread(seen: &AlmaObservations, nothing: impl Fn() -> String) -> Identification {
    let unread = seen.others.unread().filter(|why| why.why != UnreadKind::NotAsked).or(seen.others_gap.as_ref());
    match unread {
        Some(why) => Identification::Unread(why.within(|words| {
            format!("other partners of this zone, which may show its identifier, could not be read: {words}")
        })),
        None => Identification::Unknowable(nothing()),
    }
}

fn no_library(site: &Site, seen: &AlmaObservations) -> Identification {
    match seen.libraries.unread() {
        Some(why) => Identification::unread("the libraries", why),
        None => Identification::Unknowable(format!("Alma has no library with the code {}", site.library)),
    }
}

fn library_name<'a>(site: &Site, seen: &'a AlmaObservations) -> Option<&'a str> {
    let rows = seen.libraries.got()?;
    rows.iter().find(|row| row.code == site.library).map(|row| row.name.as_str())
}

fn shares_name(seen: &AlmaObservations, name: &str) -> bool {
    seen.libraries.rows().iter().filter(|row| row.name == name).count() > 1
}

fn records(seen: &AlmaObservations) -> impl Iterator<Item = &PartnerRecord> {
    seen.partner.got().into_iter().chain(seen.others.got().into_iter().flatten())
}

/// Other partners owned by the same library. Another library's locations may have the same name but have other ids.
fn others_of<'a>(site: &'a Site, seen: &'a AlmaObservations) -> impl Iterator<Item = &'a PartnerRecord> {
    seen.others.got().into_iter().flatten().filter(|record| owned_by(record, site, library_name(site, seen)))
}

fn from_partners(
    site: &Site,
    seen: &AlmaObservations,
    channel: &Channel,
    kind: &str,
    name: &str,
    list: &[(String, String)],
) -> Learned {
    if !matches!(channel, Channel::Api { .. }) {
        return Learned::Nothing;
    }
    let own = seen.partner.got().filter(|record| owned_by(record, site, library_name(site, seen)));
    Learned::of(others_of(site, seen).chain(own).flat_map(|record| learned(record, kind, name, list)))
}

fn ncip(record: &PartnerRecord) -> impl Iterator<Item = (&String, &Value)> {
    record
        .body
        .pointer("/partner_details/profile_details/ncip_details")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn owned_by(record: &PartnerRecord, site: &Site, name: Option<&str>) -> bool {
    ncip(record).filter(|(member, _)| member.ends_with(OWNERS)).any(|(_, value)| {
        text(value, "value") == Some(&site.library) || (name.is_some() && text(value, "desc") == name)
    })
}

/// The `value` of each member of this kind whose `desc` is `name`, unless Alma's own list gives that value another
/// name, or a mask stands there.
fn learned<'a>(
    record: &'a PartnerRecord,
    kind: &'a str,
    name: &'a str,
    list: &'a [(String, String)],
) -> impl Iterator<Item = String> + 'a {
    let elsewhere = move |value: &str| list.iter().any(|(code, label)| code == value && label != name);
    ncip(record)
        .filter(move |(member, _)| member.ends_with(kind))
        .filter(move |(_, value)| text(value, "desc").is_some_and(|desc| desc == name))
        .filter_map(|(_, value)| text(value, "value"))
        .filter(move |value| !value.is_empty() && !is_masked(value) && !elsewhere(value))
        .map(str::to_owned)
}

/// The values that mean a row: its code, and its internal id if Alma shows one. Each comes with the row's name.
fn meanings(code: &str, id: Option<&String>, name: &str) -> impl Iterator<Item = (String, String)> {
    std::iter::once(code.to_owned()).chain(id.cloned()).map(|value| (value, name.to_owned()))
}

/// Every location of the library, by code and id.
pub(crate) fn locations(seen: &AlmaObservations) -> Vec<(String, String)> {
    let rows = seen.locations.rows().iter();
    rows.flat_map(|row| meanings(&row.code, row.id.as_ref(), &row.name)).collect()
}

/// Every library of the zone, by code and id.
pub(crate) fn libraries(seen: &AlmaObservations) -> Vec<(String, String)> {
    let rows = seen.libraries.rows().iter();
    rows.flat_map(|row| meanings(&row.code, row.id.as_ref(), &row.name)).collect()
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

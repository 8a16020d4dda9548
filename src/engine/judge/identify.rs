//! Finds the identifier by which Alma knows a location, library, desk or row. It comes from what Alma answered and is
//! never guessed (facts/alma.md §5).
use crate::engine::observed::{AlmaObservations, Desk, Observation, PartnerRecord};
use crate::recipe::{Channel, CodeTable};
use crate::site::Site;
use serde_json::Value;

/// The identifier to send for a named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identification {
    /// A value known from Alma itself.
    Known {
        /// Goes into `value`, or is sent alone.
        value: String,
        desc: String,
    },
    /// Nothing that Alma answered shows it. Holds the reason, for the value card.
    Unknowable(String),
}

/// Suffix of the `ncip_details` members that hold a location (facts/alma.md §3.4).
const LOCATIONS: &str = "_location";
/// Suffix of the members that hold a pickup library: a dotted id path in Ex Libris's example, a code elsewhere.
const PICKUP_LIBRARIES: &str = "_pickup_library";
/// Suffix of the members that hold the owner: a library code in Ex Libris's example.
const OWNERS: &str = "_library_owner";

/// The identifier of a code-table row: the one another record of the zone uses, else the one in the table.
pub(crate) fn row(seen: &AlmaObservations, table: CodeTable, label: &str, codes: &[String]) -> Identification {
    let rows = seen.tables.get(&table).map(Observation::rows).unwrap_or_default();
    let list: Vec<(String, String)> = rows.iter().map(|row| (row.code.clone(), row.description.clone())).collect();
    let in_use = records(seen).find_map(|record| learned(record, "", label, &list));
    match (in_use.or_else(|| codes.first().cloned()), seen.tables.get(&table)) {
        (Some(value), _) => Identification::Known { value, desc: label.to_owned() },
        (None, Some(Observation::Unread(why))) => {
            Identification::Unknowable(format!("Alma's code table {} could not be read: {}", table.name(), why.what))
        }
        (None, _) => Identification::Unknowable(format!(
            "no row of Alma's code table {} is called \"{label}\", and no partner of this zone uses it",
            table.name()
        )),
    }
}

/// The identifier of a location: from a partner of the same library, from
/// the record itself, or from Alma's list if it shows ids.
pub(crate) fn location(site: &Site, seen: &AlmaObservations, channel: &Channel, name: &str) -> Identification {
    if let Some(value) = from_partners(site, seen, channel, LOCATIONS, name, &locations(seen)) {
        return Identification::Known { value, desc: name.to_owned() };
    }
    match seen.locations.rows().iter().find(|row| row.name == name) {
        Some(row) => match &row.id {
            Some(id) => Identification::Known { value: id.clone(), desc: name.to_owned() },
            None => Identification::Unknowable(format!(
                "Alma knows the location \"{name}\" ({}) by an internal id that it does not tell, and no partner of the library {} shows it",
                row.code, site.library
            )),
        },
        None => Identification::Unknowable(format!("the library {} has no location called \"{name}\"", site.library)),
    }
}

/// The identifier of the owner library: the one another partner uses,
/// else its code (rest_partner.xsd's example is a code).
pub(crate) fn owner(site: &Site, seen: &AlmaObservations) -> Identification {
    let Some(name) = library_name(site, seen) else { return no_library(site, seen) };
    let list = libraries(seen);
    let in_use = others_of(site, seen).find_map(|record| learned(record, OWNERS, name, &list));
    let value = in_use.unwrap_or_else(|| site.library.clone());
    Identification::Known { value, desc: name.to_owned() }
}

/// The identifier of the pickup library, as partners of the same library use it.
pub(crate) fn pickup(site: &Site, seen: &AlmaObservations, channel: &Channel) -> Identification {
    let Some(name) = library_name(site, seen) else { return no_library(site, seen) };
    match from_partners(site, seen, channel, PICKUP_LIBRARIES, name, &libraries(seen)) {
        Some(value) => Identification::Known { value, desc: name.to_owned() },
        None => Identification::Unknowable(format!(
            "Alma knows the pickup library \"{name}\" by an internal id path that it does not tell, and no partner of the library {} shows it",
            site.library
        )),
    }
}

/// The identifier of the desk, which is its code.
pub(crate) fn desk(site: &Site, seen: &AlmaObservations, ours: Option<&Desk>) -> Identification {
    match (ours, &seen.desks) {
        (Some(desk), _) => Identification::Known { value: desk.code.clone(), desc: desk.name.clone() },
        (None, Observation::Unread(why)) => {
            Identification::Unknowable(format!("the desks of {} could not be read: {}", site.library, why.what))
        }
        (None, _) => Identification::Unknowable(format!(
            "the library {} has no desk called \"{}\"",
            site.library, site.receive_desk
        )),
    }
}

fn no_library(site: &Site, seen: &AlmaObservations) -> Identification {
    Identification::Unknowable(match seen.libraries.unread() {
        Some(why) => format!("the libraries could not be read: {}", why.what),
        None => format!("Alma has no library with the code {}", site.library),
    })
}

fn library_name<'a>(site: &Site, seen: &'a AlmaObservations) -> Option<&'a str> {
    let rows = seen.libraries.got()?;
    rows.iter().find(|row| row.code == site.library).map(|row| row.name.as_str())
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
) -> Option<String> {
    if !matches!(channel, Channel::Api { .. }) {
        return None;
    }
    let own = seen.partner.got().filter(|record| owned_by(record, site, library_name(site, seen)));
    others_of(site, seen).chain(own).find_map(|record| learned(record, kind, name, list))
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

/// The `value` of a member of this kind whose `desc` is `name`, unless Alma's own list gives that value another name.
fn learned(record: &PartnerRecord, kind: &str, name: &str, list: &[(String, String)]) -> Option<String> {
    let elsewhere = |value: &str| list.iter().any(|(code, label)| code == value && label != name);
    ncip(record)
        .filter(|(member, _)| member.ends_with(kind))
        .filter(|(_, value)| text(value, "desc").is_some_and(|desc| desc == name))
        .filter_map(|(_, value)| text(value, "value"))
        .find(|value| !value.is_empty() && !elsewhere(value))
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

//! Checks what every later step depends on: keys, campus, environment, and every name the procedure uses. The names
//! come from the recipe.
use super::access::wrong_campus;
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::observed::{Observation, UnreadKind, UnreadReason, WriteAccess};
use crate::recipe::{CampusValue, CodeTable, Expectation, FieldKey, KeySlot, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;
use std::collections::BTreeSet;

/// Oldest ILLiad that this integration is known to work with (California
/// State University's write-up, facts/illiad.md §1.7).
pub const OLDEST_ILLIAD: (u32, u32) = (9, 2);

/// An ILLiad path that answers only an accepted key.
const KEY_TRIED_AT: &str = "SystemInfo/SecurePlatformVersion";

/// All findings of the step `connect`.
pub(crate) fn findings(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let mut all = alma(site, snapshot);
    all.extend(names(recipe, site, snapshot));
    all.extend(illiad(snapshot));
    all.push(export_key(snapshot));
    all
}

struct Row<'a> {
    name: &'a str,
    label: &'a str,
    group: &'a str,
    at: &'a str,
    why: &'a str,
}

fn finding(row: &Row<'_>, want: &str, got: Option<String>, verdict: Verdict, weight: Weight) -> Finding {
    let hint = match &verdict {
        Verdict::Unread(unread) => Some(unread.next.clone()),
        _ => None,
    };
    Finding {
        key: FieldKey::new(StepId::Connect, row.name),
        label: row.label.to_owned(),
        group: row.group.to_owned(),
        want: Some(want.to_owned()),
        got,
        verdict,
        when: None,
        weight,
        place: FieldPlace::Api(row.at.to_owned()),
        why: row.why.to_owned(),
        hint,
    }
}

fn judged(same: bool) -> Verdict {
    if same { Verdict::Same(Evidence::Read) } else { Verdict::Differs(Evidence::Read) }
}

fn alma(site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let seen = &snapshot.alma;
    let general = Row {
        name: "alma_key",
        label: "Alma API key",
        group: "Alma",
        at: "/almaws/v1/conf/general",
        why: "OLS makes one key for each institution zone and environment.",
    };
    let (key, institution, environment) = match &seen.general {
        Observation::Got(general) => (
            (Some("accepted".to_owned()), judged(true)),
            (Some(clean(&general.institution, 60)), judged(general.institution == site.institution.as_str())),
            match general.environment {
                Some(there) => (Some(there.as_str().to_owned()), judged(there == site.environment)),
                None => (
                    None,
                    Verdict::Unread(UnreadReason::new(
                        UnreadKind::Nonsense,
                        "Alma does not say whether this is its sandbox or its production",
                        "compare the key with the one in the Developer Network",
                    )),
                ),
            },
        ),
        Observation::NotThere => (absent(), absent(), absent()),
        Observation::Unread(why) => (unread(why), unread(why), unread(why)),
    };
    let mut all = vec![
        finding(&general, "accepted", key.0, key.1, Weight::Counts),
        finding(
            &Row { name: "institution", label: "Institution", why: "The key must belong to this campus.", ..general },
            site.institution.as_str(),
            institution.0,
            institution.1,
            Weight::Counts,
        ),
        finding(
            &Row {
                name: "environment",
                label: "Environment",
                why: "A sandbox key must not write to production, nor vice versa.",
                ..general
            },
            site.environment.as_str(),
            environment.0,
            environment.1,
            Weight::Counts,
        ),
    ];
    all.push(permission(site, snapshot));
    all.push(library(site, snapshot));
    all
}

fn absent() -> (Option<String>, Verdict) {
    (None, Verdict::Absent)
}

fn unread(why: &UnreadReason) -> (Option<String>, Verdict) {
    (None, Verdict::Unread(why.clone()))
}

/// A read-only key is enough to check, so this is only advice. `apply` refuses such a key.
fn permission(site: &Site, snapshot: &Snapshot) -> Finding {
    let row = Row {
        name: "partners_permission",
        label: "Permission for partners",
        group: "Alma",
        at: "/almaws/v1/partners/operation/test",
        why: "Checking takes Partners read-only; applying, read/write.",
    };
    let want = "read and write";
    match &snapshot.alma.may_write {
        Observation::Got(WriteAccess::ReadWrite) => {
            finding(&row, want, Some(want.into()), judged(true), Weight::Counts)
        }
        Observation::Got(WriteAccess::ReadOnly) => {
            let mut found = finding(&row, want, Some("read only".into()), judged(false), Weight::Advisory);
            found.hint = Some(format!("ask OLS for a key with Partners read/write for {}", site.institution));
            found
        }
        Observation::NotThere => finding(&row, want, None, Verdict::Absent, Weight::Advisory),
        Observation::Unread(why) => finding(&row, want, None, Verdict::Unread(why.clone()), Weight::Advisory),
    }
}

fn library(site: &Site, snapshot: &Snapshot) -> Finding {
    let row = Row {
        name: "library",
        label: "Resource Sharing Library",
        group: "Alma",
        at: "/almaws/v1/conf/libraries",
        why: "It owns the requests and is the pickup library.",
    };
    let want = format!("{}, a resource sharing library", site.library);
    if let Some(wrong) = wrong_campus(site, snapshot) {
        return finding(&row, &want, None, Verdict::Unread(wrong), Weight::Counts);
    }
    let rows = match &snapshot.alma.libraries {
        Observation::Got(rows) => rows,
        Observation::NotThere => return finding(&row, &want, None, Verdict::Absent, Weight::Counts),
        Observation::Unread(why) => return finding(&row, &want, None, Verdict::Unread(why.clone()), Weight::Counts),
    };
    let flagged: Vec<&str> =
        rows.iter().filter(|row| row.resource_sharing == Some(true)).map(|row| row.code.as_str()).collect();
    let advice = match flagged.as_slice() {
        [] => "no library of this zone is flagged as a resource sharing library; flag it in Alma".to_owned(),
        codes => format!("set alma.library in the campus file to one that is: {}", clean(&codes.join(", "), 120)),
    };
    let mut found = match rows.iter().find(|row| row.code == site.library) {
        None => finding(&row, &want, None, Verdict::Absent, Weight::Counts),
        Some(ours) => {
            let name = clean(&ours.name, 80);
            let (got, same) = match ours.resource_sharing {
                Some(true) => (format!("{}, {name}", site.library), true),
                Some(false) => (format!("{}, {name}: not a resource sharing library", site.library), false),
                None => (format!("{}, {name}; Alma does not tell the flag", site.library), true),
            };
            finding(&row, &want, Some(got), judged(same), Weight::Counts)
        }
    };
    if !matches!(found.verdict, Verdict::Same(_)) {
        found.hint = Some(advice);
    }
    found
}

/// A finding for every name that the recipe needs looked up, each once.
fn names(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    recipe
        .fields()
        .filter_map(|field| {
            let key = field.key.as_str().split_once('.').map(|(_, name)| name)?;
            let found = match &field.want {
                Expectation::Location(name) => {
                    let rows = snapshot.alma.locations.clone();
                    named(site, snapshot, key, &field.label, name, "locations", names_of(&rows, |row| &row.name))
                }
                Expectation::FromSite(CampusValue::ReceiveDesk) => {
                    let desk = &site.receive_desk;
                    let rows =
                        names_of(&snapshot.alma.desks, |row| if row.code == *desk { &row.code } else { &row.name });
                    named(site, snapshot, key, &field.label, desk, "circ-desks", rows)
                }
                Expectation::Coded { table, label } => {
                    let rows = names_of(snapshot.alma.tables.get(table)?, |row| &row.description);
                    let mut found = named(site, snapshot, key, &field.label, label, table.name(), rows);
                    special_value(*table, &mut found);
                    found
                }
                _ => return None,
            };
            told.insert((found.place.at().to_owned(), found.want.clone())).then_some(found)
        })
        .collect()
}

/// The primary identifier may be a special value outside its table
/// (rest_partner.xsd: `userName`, elsewhere `user_name`).
fn special_value(table: CodeTable, found: &mut Finding) {
    if table == CodeTable::UserIdentifierTypes && matches!(found.verdict, Verdict::Differs(_)) {
        found.weight = Weight::Advisory;
        found.verdict =
            Verdict::Waiting("not in the table; Alma uses a special value, compared by its description".into());
        found.hint = None;
    }
}

fn names_of<T>(seen: &Observation<Vec<T>>, name: impl Fn(&T) -> &String) -> Observation<Vec<String>> {
    match seen {
        Observation::Got(rows) => Observation::Got(rows.iter().map(|row| name(row).clone()).collect()),
        Observation::NotThere => Observation::NotThere,
        Observation::Unread(why) => Observation::Unread(why.clone()),
    }
}

fn named(
    site: &Site,
    snapshot: &Snapshot,
    key: &str,
    label: &str,
    want: &str,
    list: &str,
    rows: Observation<Vec<String>>,
) -> Finding {
    let at = match list {
        "locations" | "circ-desks" => format!("/almaws/v1/conf/libraries/{}/{list}", site.library),
        table => format!("/almaws/v1/conf/code-tables/{table}"),
    };
    let row =
        Row { name: key, label, group: "Names in Alma", at: &at, why: "The partner screen offers only what Alma has." };
    let rows = match wrong_campus(site, snapshot) {
        Some(wrong) => Observation::Unread(wrong),
        None => rows,
    };
    match rows {
        Observation::Unread(why) => finding(&row, want, None, Verdict::Unread(why), Weight::Counts),
        Observation::NotThere => finding(&row, want, None, Verdict::Differs(Evidence::Read), Weight::Counts),
        Observation::Got(rows) if rows.iter().any(|name| name == want) => {
            finding(&row, want, Some(want.to_owned()), judged(true), Weight::Counts)
        }
        Observation::Got(rows) => {
            let mut found = finding(&row, want, None, judged(false), Weight::Counts);
            found.hint = Some(format!("Alma has: {}", clean(&rows.join(", "), 160)));
            found
        }
    }
}

fn illiad(snapshot: &Snapshot) -> Vec<Finding> {
    let seen = &snapshot.illiad;
    let row = Row {
        name: "illiad_version",
        label: "ILLiad version",
        group: "ILLiad",
        at: "SystemInfo/PlatformVersion",
        why: "Asked without a key: the Web Platform answers there.",
    };
    let want = format!("{}.{} or later", OLDEST_ILLIAD.0, OLDEST_ILLIAD.1);
    let version = match &seen.version {
        Observation::Got(version) => {
            let new_enough = at_least(version, OLDEST_ILLIAD);
            let weight = if new_enough { Weight::Counts } else { Weight::Advisory };
            finding(&row, &want, Some(clean(version, 40)), judged(new_enough), weight)
        }
        Observation::NotThere => finding(&row, &want, None, Verdict::Absent, Weight::Counts),
        Observation::Unread(why) => finding(&row, &want, None, Verdict::Unread(why.clone()), Weight::Counts),
    };
    let row = Row {
        name: "illiad_key",
        label: "ILLiad API key",
        at: KEY_TRIED_AT,
        why: "One key for each application, a record of WebPlatformConfig.",
        ..row
    };
    vec![version, accepted(&row, &seen.key)]
}

/// Whether ILLiad accepts the key that Alma is to use. If none is
/// stored, that is the ILLiad key, which was tried already.
fn export_key(snapshot: &Snapshot) -> Finding {
    let row = Row {
        name: "export_key",
        label: "Export API key",
        group: "ILLiad",
        at: KEY_TRIED_AT,
        why: match &snapshot.keys.export_key {
            Observation::Got((KeySlot::Illiad, _)) => {
                "The key Alma uses to send requests to ILLiad. None of its own is stored: the ILLiad key serves."
            }
            _ => "The key Alma uses to send requests to ILLiad. One that ILLiad refuses is not written into Alma.",
        },
    };
    match &snapshot.keys.export_key {
        Observation::Unread(why) => accepted(&row, &Observation::Unread(why.clone())),
        Observation::Got(_) | Observation::NotThere => accepted(&row, &snapshot.illiad.export_key),
    }
}

/// The finding for a key that was tried on ILLiad.
fn accepted(row: &Row<'_>, seen: &Observation<()>) -> Finding {
    match seen {
        Observation::Got(()) => finding(row, "accepted", Some("accepted".into()), judged(true), Weight::Counts),
        Observation::NotThere => finding(row, "accepted", None, Verdict::Absent, Weight::Counts),
        Observation::Unread(why) => finding(row, "accepted", None, Verdict::Unread(why.clone()), Weight::Counts),
    }
}

/// Whether a dotted version is at least the given one.
fn at_least(version: &str, (major, minor): (u32, u32)) -> bool {
    let mut parts = version.split('.').map(|part| part.trim().parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= (major, minor)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn versions_compare_by_number() {
        assert!(at_least("9.2.2.0", (9, 2)) && at_least("10.0", (9, 2)));
        assert!(!at_least("9.1.9", (9, 2)) && !at_least("8.10", (9, 2)));
    }
}

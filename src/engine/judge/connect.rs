//! Checks what every later step depends on: keys, campus, environment, and every name the procedure uses. The names
//! come from the recipe.
use super::access::of_this_campus;
use super::partner_neighbours::{already_ours, neighbours};
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::observed::{General, ListExtent, Observation, RowList, UnreadKind, UnreadReason, WriteAccess};
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
    all.extend(other_illiads(site, snapshot));
    all.extend(illiad(snapshot));
    all.push(export_key(snapshot));
    all.extend(proxy(snapshot));
    all
}

/// What was seen of a value, and the verdict on it.
type Judgement = (Option<String>, Verdict);

/// Judges a value that was read. A value that is not there or unread is a verdict by itself.
fn judge<T>(seen: &Observation<T>, judge: impl FnOnce(&T) -> Judgement) -> Judgement {
    match seen {
        Observation::Got(value) => judge(value),
        Observation::NotThere => (None, Verdict::Absent),
        Observation::Unread(why) => (None, Verdict::Unread(why.clone())),
    }
}

fn judged(same: bool) -> Verdict {
    if same { Verdict::Same(Evidence::Read) } else { Verdict::Differs(Evidence::Read) }
}

struct ConnectRow<'a> {
    name: &'a str,
    label: &'a str,
    group: &'a str,
    at: &'a str,
    why: &'a str,
}

impl ConnectRow<'_> {
    fn finding(&self, want: &str, (got, verdict): Judgement) -> Finding {
        let hint = match &verdict {
            Verdict::Unread(unread) => Some(unread.next.clone()),
            _ => None,
        };
        Finding {
            key: FieldKey::new(StepId::Connect, self.name),
            label: self.label.to_owned(),
            group: self.group.to_owned(),
            want: Some(want.to_owned()),
            got,
            verdict,
            when: None,
            origin: None,
            weight: Weight::Counts,
            agreed: None,
            place: FieldPlace::Api(self.at.to_owned()),
            why: self.why.to_owned(),
            hint,
        }
    }

    /// The finding for a key that was tried.
    fn accepted<T>(&self, seen: &Observation<T>) -> Finding {
        self.finding(
            &format!("a key that {} accepts", self.group),
            judge(seen, |_| (Some("accepted".to_owned()), judged(true))),
        )
    }
}

fn alma(site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let seen = &snapshot.alma.general;
    let key = ConnectRow {
        name: "alma_key",
        label: "Alma API key",
        group: "Alma",
        at: "/almaws/v1/conf/general",
        why: match site.is_home() {
            true => "OLS makes one key for each institution zone and environment.",
            false => "Your consortium's office makes one key for each institution zone and environment.",
        },
    };
    let institution =
        ConnectRow { name: "institution", label: "Institution", why: "The key must belong to this campus.", ..key };
    let environment = ConnectRow {
        name: "environment",
        label: "Environment",
        why: "A sandbox key must not write to production, or vice versa.",
        ..key
    };
    let same_institution = |general: &General| {
        (Some(clean(&general.institution, 60)), judged(general.institution == site.institution.as_str()))
    };
    let same_environment = |general: &General| match general.environment {
        Some(there) => (Some(there.as_str().to_owned()), judged(there == site.environment)),
        None => (
            None,
            Verdict::Unread(UnreadReason::new(
                UnreadKind::Nonsense,
                "Alma does not say whether this is the sandbox or production",
                "compare the key with the one in the Developer Network",
            )),
        ),
    };
    vec![
        key.accepted(seen),
        institution.finding(site.institution.as_str(), judge(seen, same_institution)),
        environment.finding(site.environment.as_str(), judge(seen, same_environment)),
        permission(site, snapshot),
        library(site, snapshot),
    ]
}

/// A read-only key is enough to check, so this is only advice. `apply` refuses such a key.
fn permission(site: &Site, snapshot: &Snapshot) -> Finding {
    let row = ConnectRow {
        name: "partners_permission",
        label: "Permission for partners",
        group: "Alma",
        at: "/almaws/v1/partners/operation/test",
        why: "Checking needs Partners read-only; applying needs read/write.",
    };
    let want = "read and write";
    let judgement = judge(&snapshot.alma.may_write, |access| match access {
        WriteAccess::ReadWrite => (Some(want.to_owned()), judged(true)),
        WriteAccess::ReadOnly => (Some("read only".to_owned()), judged(false)),
    });
    let mut found = row.finding(want, judgement);
    if !matches!(found.verdict, Verdict::Same(_)) {
        found.weight = Weight::Advisory;
    }
    if matches!(found.verdict, Verdict::Differs(_)) {
        found.hint = Some(format!("ask {} for a key with Partners read/write for {}", site.office(), site.institution));
    }
    found
}

fn library(site: &Site, snapshot: &Snapshot) -> Finding {
    let row = ConnectRow {
        name: "library",
        label: "Resource Sharing Library",
        group: "Alma",
        at: "/almaws/v1/conf/libraries",
        why: "It owns the requests and is the pickup library.",
    };
    let seen = of_this_campus(site, snapshot, &snapshot.alma.libraries);
    let judgement = judge(&seen, |rows| match rows.iter().find(|row| row.code == site.library) {
        None => (None, Verdict::Absent),
        Some(ours) => {
            let name = clean(&ours.name, 80);
            let (got, same) = match ours.resource_sharing {
                Some(true) => (format!("{}, {name}", site.library), true),
                Some(false) => (format!("{}, {name}: not a resource sharing library", site.library), false),
                None => (format!("{}, {name}; Alma does not show whether it is one", site.library), true),
            };
            (Some(got), judged(same))
        }
    });
    let mut found = row.finding(&format!("{}, a resource sharing library", site.library), judgement);
    if let (Observation::Got(rows), Verdict::Absent | Verdict::Differs(_)) = (&seen, &found.verdict) {
        let flagged = rows.iter().filter(|row| row.resource_sharing == Some(true));
        let flagged: Vec<&str> = flagged.map(|row| row.code.as_str()).collect();
        found.hint = Some(match flagged.as_slice() {
            [] => "no library of this zone is flagged as a resource sharing library; flag one in Alma".to_owned(),
            codes => format!("set alma.library in the campus file to one that is: {}", clean(&codes.join(", "), 120)),
        });
    }
    found
}

/// Other partners that may be this campus's ILLiad, or why that is not known. `None` if there is nothing to tell.
fn other_illiads(site: &Site, snapshot: &Snapshot) -> Option<Finding> {
    let others = neighbours(site, snapshot);
    let seen = of_this_campus(site, snapshot, &snapshot.alma.partners);
    let judgement = match &seen {
        Observation::Got(_) if !others.is_empty() => {
            let found: Vec<String> = others.iter().map(ToString::to_string).collect();
            (Some(found.join("; ")), judged(false))
        }
        Observation::Got(RowList { extent: ListExtent::Cut(why), .. }) => {
            (None, Verdict::Waiting(format!("whether there are others is not known: {why}")))
        }
        Observation::Got(_) | Observation::NotThere => return None,
        Observation::Unread(why) => match why.why {
            UnreadKind::NotAsked | UnreadKind::WrongCampus => return None,
            // If Alma did not answer anything, the findings above say so.
            _ if snapshot.alma.general.got().is_none() => return None,
            _ => (None, Verdict::Unread(why.clone())),
        },
    };
    let row = ConnectRow {
        name: "other_illiad",
        label: "Other partners for ILLiad",
        group: "Alma",
        at: "/almaws/v1/partners",
        why: "A partner from an earlier set-up may be this campus's ILLiad. Two of them can confuse rotas and staff.",
    };
    let mut found = row.finding("none but ILLiad", judgement);
    found.weight = Weight::Advisory;
    if matches!(found.verdict, Verdict::Differs(_)) {
        found.hint = Some(already_ours(&others));
    }
    Some(found)
}

/// A finding for every name that the recipe needs looked up, each once.
fn names(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    recipe
        .fields()
        .filter_map(|field| {
            let key = field.key.as_str().split_once('.').map(|(_, name)| name)?;
            let label = recipe.distinct_label(&field.key)?;
            let found = match &*field.wanted_at(site) {
                Expectation::Location(name) => {
                    let rows = names_of(&snapshot.alma.locations, |row| &row.name);
                    named(site, snapshot, key, &label, name, "locations", rows)
                }
                want @ (Expectation::FromSite(CampusValue::ReceiveDesk)
                | Expectation::Instead(CampusValue::ReceiveDesk, _)) => {
                    let desk = match want {
                        Expectation::Instead(_, desk) => desk,
                        _ => &site.receive_desk,
                    };
                    let rows =
                        names_of(&snapshot.alma.desks, |row| if row.code == *desk { &row.code } else { &row.name });
                    named(site, snapshot, key, &label, desk, "circ-desks", rows)
                }
                Expectation::Coded { table, label: name, .. } => {
                    let rows = names_of(snapshot.alma.tables.get(table)?, |row| &row.description);
                    let mut found = named(site, snapshot, key, &label, name, table.name(), rows);
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
        found.verdict = Verdict::Waiting("not in the table; Alma uses a special value (userName or user_name)".into());
        found.hint = None;
    }
}

fn names_of<T>(seen: &Observation<Vec<T>>, name: impl Fn(&T) -> &String) -> Observation<Vec<String>> {
    seen.map(|rows| rows.iter().map(|row| name(row).clone()).collect())
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
    let row = ConnectRow {
        name: key,
        label,
        group: "Names in Alma",
        at: &at,
        why: "The partner screen offers only what Alma has.",
    };
    let seen = of_this_campus(site, snapshot, &rows);
    let has = |rows: &Vec<String>| rows.iter().any(|name| name == want);
    let judgement = match &seen {
        Observation::NotThere => (None, judged(false)),
        seen => judge(seen, |rows| (has(rows).then(|| want.to_owned()), judged(has(rows)))),
    };
    let mut found = row.finding(want, judgement);
    let count = seen.got().map_or(0, |rows| rows.iter().filter(|name| *name == want).count());
    if count > 1 {
        // The value in the partner record is where a person answers this.
        found.weight = Weight::Advisory;
        found.verdict = Verdict::Waiting(format!("Alma has {count} entries with this name: which one is meant?"));
        found.hint = None;
    }
    if let Some(rows) = seen.got().filter(|rows| !has(rows)) {
        found.hint = Some(format!("Alma has: {}", clean(&rows.join(", "), 160)));
    }
    found
}

fn illiad(snapshot: &Snapshot) -> Vec<Finding> {
    let seen = &snapshot.illiad;
    let row = ConnectRow {
        name: "illiad_version",
        label: "ILLiad version",
        group: "ILLiad",
        at: "SystemInfo/PlatformVersion",
        why: "Read without a key: it shows that the Web Platform answers.",
    };
    let new_enough = |version: &String| (Some(clean(version, 40)), judged(at_least(version, OLDEST_ILLIAD)));
    let want = format!("{}.{} or later", OLDEST_ILLIAD.0, OLDEST_ILLIAD.1);
    let mut version = row.finding(&want, judge(&seen.version, new_enough));
    if matches!(version.verdict, Verdict::Differs(_)) {
        version.weight = Weight::Advisory;
    }
    let key = ConnectRow {
        name: "illiad_key",
        label: "ILLiad API key",
        at: KEY_TRIED_AT,
        why: "Each application has its own key, a record of WebPlatformConfig.",
        ..row
    };
    vec![version, key.accepted(&seen.key)]
}

/// Whether ILLiad accepts the key that Alma is to use. If none is
/// stored, that is the ILLiad key, which was tried already.
fn export_key(snapshot: &Snapshot) -> Finding {
    let ours = &snapshot.keys.export_key;
    let row = ConnectRow {
        name: "export_key",
        label: "Export API key",
        group: "ILLiad",
        at: KEY_TRIED_AT,
        why: match ours {
            Observation::Got((KeySlot::Illiad, _)) => {
                "The key Alma uses to send requests to ILLiad. Not set: the ILLiad key is used."
            }
            _ => "The key Alma uses to send requests to ILLiad. A key that ILLiad refuses is not written to Alma.",
        },
    };
    match ours {
        Observation::Unread(_) => row.accepted(ours),
        Observation::Got(_) | Observation::NotThere => row.accepted(&snapshot.illiad.export_key),
    }
}

/// The proxy on the way to the systems, if there is one: it is a frequent reason for answers that are not theirs.
fn proxy(snapshot: &Snapshot) -> Option<Finding> {
    let row = ConnectRow {
        name: "proxy",
        label: "Proxy",
        group: "Network",
        at: "HTTPS_PROXY",
        why: "HTTPS_PROXY sets it; NO_PROXY lists hosts that bypass it. It sees host names, but no key.",
    };
    let ways = snapshot.proxies.iter().map(|(system, proxy)| format!("{system} through {}", clean(proxy, 100)));
    let ways: Vec<String> = ways.collect();
    (!ways.is_empty()).then(|| {
        let mut found = row.finding("", (Some(ways.join(", ")), judged(true)));
        (found.want, found.weight) = (None, Weight::Advisory);
        found
    })
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

//! Reasons not to write at all, found before anything is sent: the key's
//! campus and permission, and wrong libraries or hosts.
use super::types::{Basis, Change, Plan};
use crate::engine::judge::{Snapshot, wrong_campus};
use crate::engine::observed::{ListExtent, Observation, RowList, UnreadKind, UnreadReason, WriteAccess};
use crate::recipe::{Expectation, Recipe};
use crate::site::Site;

/// All reasons not to write. Empty if the plan writes nothing.
#[must_use]
pub fn objections<Stage>(recipe: &Recipe, site: &Site, snapshot: &Snapshot, plan: &Plan<Stage>) -> Vec<UnreadReason> {
    if let Basis::Unread(why) = &plan.basis {
        return vec![why.clone()];
    }
    if plan.due().next().is_none() && plan.obstacles.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    all.extend(wrong_campus(site, snapshot));
    all.extend(whose_key(site, snapshot));
    all.extend(permission(site, snapshot));
    all.extend(library(site, snapshot));
    all.extend(partner_list(snapshot, plan));
    all.extend(illiad_host(recipe, site, snapshot, plan));
    all.extend(export_key(plan));
    all.extend(plan.unread_id().cloned());
    all
}

fn whose_key(site: &Site, snapshot: &Snapshot) -> Option<UnreadReason> {
    let next = "give the key the area Configuration (read-only), which shows the campus it belongs to".to_owned();
    match &snapshot.alma.general {
        Observation::Got(general) if general.environment.is_some() => None,
        Observation::Got(_) => Some(UnreadReason::new(
            UnreadKind::Nonsense,
            "Alma does not say whether the key is for the sandbox or for production, so nothing is written",
            format!("ask {} which environment the key was made for", site.office()),
        )),
        Observation::NotThere => Some(UnreadReason::new(
            UnreadKind::Nonsense,
            "Alma does not say which campus the key belongs to, so nothing is written",
            next,
        )),
        Observation::Unread(why) => Some(why.within(|words| {
            format!("could not determine which campus the key belongs to, so nothing is written: {words}")
        })),
    }
}

fn permission(site: &Site, snapshot: &Snapshot) -> Option<UnreadReason> {
    match &snapshot.alma.may_write {
        Observation::Got(WriteAccess::ReadOnly) => Some(UnreadReason::new(
            UnreadKind::NotAllowed,
            format!(
                "the Alma key of {} may read partners but not write them (POST /partners/operation/test)",
                site.institution
            ),
            format!("ask {} for a key with Partners read/write", site.office()),
        )),
        // No other answer shows the permission. The write itself will.
        _ => None,
    }
}

fn library(site: &Site, snapshot: &Snapshot) -> Option<UnreadReason> {
    let rows = snapshot.alma.libraries.got()?;
    let next = format!("set alma.library in the campus file of {}, or flag the library in Alma", site.institution);
    match rows.iter().find(|row| row.code == site.library) {
        None => Some(UnreadReason::new(
            UnreadKind::Nonsense,
            format!("Alma has no library with the code {}", site.library),
            next,
        )),
        Some(row) if row.resource_sharing == Some(false) => Some(UnreadReason::new(
            UnreadKind::Nonsense,
            format!("the library {} is not a resource sharing library", site.library),
            next,
        )),
        Some(_) => None,
    }
}

/// A partner is created only after all of the zone's partners were read: one of them may be this campus's ILLiad.
fn partner_list<Stage>(snapshot: &Snapshot, plan: &Plan<Stage>) -> Option<UnreadReason> {
    let maybe = "another one may already be this campus's ILLiad, so none is created";
    match &snapshot.alma.partners {
        _ if plan.basis != Basis::NoRecord => None,
        Observation::Unread(why) => {
            Some(why.within(|words| format!("could not list the zone's partners, and {maybe}: {words}")))
        }
        Observation::Got(RowList { extent: ListExtent::Cut(why), .. }) => Some(UnreadReason::new(
            UnreadKind::Nonsense,
            format!("could not read all of the zone's partners, and {maybe}: {why}"),
            "search the partners in Alma for another ILLiad; create this one by hand if you find no other",
        )),
        Observation::Got(_) | Observation::NotThere => None,
    }
}

/// The reason if the export key holds back the whole record, because ILLiad refused it or it could not be tried.
fn export_key<Stage>(plan: &Plan<Stage>) -> Option<UnreadReason> {
    let why = plan.held_key().filter(|why| !plan.obstacles.is_empty() && why.why != UnreadKind::NotAsked)?;
    Some(why.within(|words| format!("the export key is held back: {words}")))
}

/// The export URL is written only after that host has answered as an ILLiad Web Platform.
fn illiad_host<Stage>(recipe: &Recipe, site: &Site, snapshot: &Snapshot, plan: &Plan<Stage>) -> Option<UnreadReason> {
    let is_url = |change: &Change| {
        recipe
            .field(&change.key)
            .is_some_and(|field| matches!(&field.want, Expectation::Template(text) if text.contains("{illiad_url}")))
    };
    let writes_url = plan.due().any(is_url) || (plan.held_key().is_some() && plan.changes.iter().any(is_url));
    match &snapshot.illiad.version {
        Observation::Unread(why) if writes_url && why.why != UnreadKind::NotAsked => {
            let host = site.illiad_url.host();
            Some(
                why.within(|words| {
                    format!("the export URL is not written until ILLiad at {host} has answered: {words}")
                }),
            )
        }
        _ => None,
    }
}

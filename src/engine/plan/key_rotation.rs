//! The plan that puts a new export key into the partner.
use super::types::{Draft, Plan};
use crate::engine::judge::{Snapshot, readable};
use crate::engine::observed::{ExportKey, Observation};
use crate::recipe::{Recipe, StepId};
use crate::site::Site;

/// Plans to put this snapshot's export key into Alma's partner, and
/// nothing else. The plan is empty if Alma already has the key.
#[must_use]
pub fn plan_key(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Plan<Draft> {
    let mut plan = Plan::empty(site, snapshot, &[StepId::Parameters]);
    let (Ok(Some(record)), Observation::Got((_, new))) = (readable(site, snapshot), &snapshot.keys.export_key) else {
        return plan;
    };
    let written = snapshot.journal.key_write.as_ref().is_some_and(|written| written.fingerprint == new.fingerprint());
    let (there, from) = match &record.key {
        ExportKey::Clear(there) => (there.same_as(new), Some(there.described())),
        ExportKey::Masked | ExportKey::Hidden => (written, None),
    };
    if !there {
        plan.set_key(recipe, new.clone(), from, "the new key, in the place of the one that is rotated out");
        plan.whole_record_obstacles(snapshot);
    }
    plan
}

//! The export key in a plan. A key that Alma does not have yet is written only if ILLiad was seen to accept it.
use super::types::{Action, Basis, Change, Draft, Plan};
use crate::engine::judge::{Snapshot, not_looked_up, proves_key, readable};
use crate::engine::observed::{ExportKey, Observation, UnreadKind, UnreadReason};
use crate::recipe::{Channel, Expectation, Field, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::Site;

/// Whether a key may be written into Alma, given how ILLiad answered it.
///
/// # Errors
/// ILLiad refused the key, or it could not be tried. A key that may be wrong is not written.
pub(crate) fn may_be_written(tried: &Observation<()>) -> Result<(), UnreadReason> {
    let Observation::Unread(why) = tried else { return Ok(()) };
    let lead = match why.why {
        UnreadKind::KeyRefused => "ILLiad does not accept this key, so it is not written to Alma",
        _ => "could not test whether ILLiad accepts this key, so it is not written to Alma",
    };
    let mut held = why.within(|words| format!("{lead}: {words}"));
    if why.why == UnreadKind::KeyRefused && why.short.is_some() {
        held.short = Some(format!("{lead}."));
    }
    Err(held)
}

/// Whether Alma is known to have this key although it does not show it:
/// we wrote it, or an end-to-end proof worked with it.
fn known_in_alma(site: &Site, snapshot: &Snapshot, key: &ApiKey) -> bool {
    if snapshot.alma.partner.got().is_some_and(|record| !record.key.may_be(key)) {
        return false;
    }
    let ours = key.fingerprint();
    snapshot.journal.key_write.as_ref().is_some_and(|written| written.fingerprint == ours)
        || proves_key(site, snapshot, &ours)
}

impl Plan<Draft> {
    /// Adds the key to a plan that replaces the whole record, which would otherwise wipe it. Sends back the key that
    /// Alma shows, else ours.
    pub(crate) fn keep_key(&mut self, recipe: &Recipe, site: &Site, snapshot: &Snapshot) {
        if self.key.is_some() || self.writes.is_empty() {
            return;
        }
        let Basis::Record(record) = &self.basis else { return };
        match (&record.key, &snapshot.keys.export_key) {
            (ExportKey::Clear(key), _) => self.key = Some(key.clone()),
            (_, Observation::Got((_, key))) => self.key_sent_again(recipe, site, snapshot, key),
            (_, Observation::Unread(why)) => {
                let why = not_looked_up(why);
                self.obstacles.push(format!(
                    "API Key: Alma does not show its current key, and replacing the record could erase it; {}",
                    why.with_next()
                ));
                self.held_key = Some(why);
            }
            (_, Observation::NotThere) => self.obstacles.push(format!(
                "API Key: Alma does not show its current key, and replacing the record could erase it; store it first: {}",
                site.command("keys set --slot export")
            )),
        }
    }

    fn key_sent_again(&mut self, recipe: &Recipe, site: &Site, snapshot: &Snapshot, key: &ApiKey) {
        let tried = match known_in_alma(site, snapshot, key) {
            true => Ok(()),
            false => may_be_written(&snapshot.illiad.export_key),
        };
        match tried {
            Ok(()) => {
                let why = "Alma does not show its current key; the key stored here is sent too, because replacing the record could erase it";
                self.set_key(recipe, key.clone(), None, why);
            }
            Err(why) => {
                self.obstacles.push(format!(
                    "API Key: Alma does not show its current key, and replacing the record could erase it; the key stored here would be sent instead, but {}",
                    why.with_next()
                ));
                self.held_key = Some(why);
            }
        }
    }

    /// Adds the export key to the changes.
    pub(crate) fn set_key(&mut self, recipe: &Recipe, key: ApiKey, from: Option<String>, why: &str) {
        let secret = |field: &&Field| matches!(field.want, Expectation::Secret(_));
        let Some(field) = recipe.fields().find(secret) else { return };
        let Channel::Api { pointer, .. } = &field.channel else { return };
        self.writes.push((pointer.clone(), serde_json::Value::Null));
        self.changes.push(Change {
            key: field.key.clone(),
            label: field.label.clone(),
            action: Action::Set,
            from,
            to: Some(key.described()),
            at: pointer.as_str().to_owned(),
            why: why.to_owned(),
            agreed: None,
        });
        self.key = Some(key);
    }
}

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
        masked @ (ExportKey::Masked(_) | ExportKey::Hidden) => (written && masked.may_be(new), None),
    };
    if !there {
        plan.set_key(recipe, new.clone(), from, "the new key, replacing the old one");
        plan.whole_record_obstacles(recipe, site, snapshot);
    }
    plan
}

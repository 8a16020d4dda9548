//! Whether Alma's record may be judged at all: right campus, right environment, no API key in the wrong field.
use super::snapshot::Snapshot;
use crate::engine::observed::{ExportKey, General, Observation, PartnerRecord, UnreadKind, UnreadReason};
use crate::secret::ApiKey;
use crate::site::Site;
use serde_json::Value;

/// The partner record, or `None` if Alma has none. If the Alma key belongs to another campus or environment, the
/// record would not be this campus's and is not returned.
///
/// # Errors
/// Why the record could not be read.
pub fn readable<'a>(site: &Site, snapshot: &'a Snapshot) -> Result<Option<&'a PartnerRecord>, UnreadReason> {
    if let Some(wrong) = wrong_campus(site, snapshot) {
        return Err(wrong);
    }
    match &snapshot.alma.partner {
        Observation::Got(record) => Ok(Some(record)),
        Observation::NotThere => Ok(None),
        Observation::Unread(unread) => Err(unread.clone()),
    }
}

/// Why the Alma key belongs elsewhere, if Alma said that it does.
pub fn wrong_campus(site: &Site, snapshot: &Snapshot) -> Option<UnreadReason> {
    belongs_elsewhere(site, snapshot.alma.general.got()?)
}

/// What Alma answered, unless its key belongs elsewhere.
pub(crate) fn of_this_campus<T: Clone>(site: &Site, snapshot: &Snapshot, seen: &Observation<T>) -> Observation<T> {
    wrong_campus(site, snapshot).map_or_else(|| seen.clone(), Observation::Unread)
}

/// Why the key belongs to another campus or environment, judged from Alma's `conf/general`.
pub fn belongs_elsewhere(site: &Site, general: &General) -> Option<UnreadReason> {
    let next = site.command("keys set --slot alma");
    if general.institution != site.institution.as_str() {
        let what = format!(
            "the Alma key belongs to {}, not to {}",
            crate::text::clean(&general.institution, 60),
            site.institution
        );
        return Some(UnreadReason::new(UnreadKind::WrongCampus, what, next));
    }
    match general.environment {
        Some(environment) if environment != site.environment => {
            let what = format!(
                "the Alma key belongs to {}'s {}, not to its {}",
                site.institution,
                environment.as_str(),
                site.environment.as_str()
            );
            Some(UnreadReason::new(UnreadKind::WrongCampus, what, next))
        }
        _ => None,
    }
}

/// Whether any API key known here, or the one Alma shows, appears inside this value, whole or in part.
pub fn holds_a_key(snapshot: &Snapshot, record: &PartnerRecord, value: &Value) -> bool {
    let mut keys = export_keys(snapshot, record).chain(&snapshot.keys.other_keys);
    keys.any(|key| any_text(value, &mut |text| key.stands_partly_in(text)))
}

/// Whether the whole export key, as stored here or as Alma shows it, appears inside this value.
pub(crate) fn holds_the_export_key(snapshot: &Snapshot, record: &PartnerRecord, value: &Value) -> bool {
    export_keys(snapshot, record).any(|key| any_text(value, &mut |text| key.stands_in(text)))
}

fn export_keys<'a>(snapshot: &'a Snapshot, record: &'a PartnerRecord) -> impl Iterator<Item = &'a ApiKey> {
    let ours = snapshot.keys.export_key.got().map(|(_, key)| key);
    let theirs = match &record.key {
        ExportKey::Clear(key) => Some(key),
        ExportKey::Masked(_) | ExportKey::Hidden => None,
    };
    ours.into_iter().chain(theirs)
}

/// Whether a test holds for any text in a JSON value, including member names.
fn any_text(value: &Value, holds: &mut dyn FnMut(&str) -> bool) -> bool {
    match value {
        Value::String(text) => holds(text),
        Value::Array(items) => items.iter().any(|item| any_text(item, holds)),
        Value::Object(members) => members.iter().any(|(name, value)| holds(name) || any_text(value, holds)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The reason for an unread export key. A store that cannot be read
/// may still hold a key, so no other key replaces it.
pub(crate) fn not_looked_up(why: &UnreadReason) -> UnreadReason {
    why.within(|words| format!("the export key stored here cannot be read: {}", words.trim_end_matches('.')))
}

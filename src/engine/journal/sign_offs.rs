//! Sign-offs that hold, and those that ended with the partner record.
use super::entry::{JournalEntry, JournalEvent, Verb};
use super::target::Target;
use super::writes::is_done;
use crate::recipe::{FieldKey, StepId};
use crate::secret::{ApiKey, Fingerprint};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Whether a sign-off of this field ends when the partner record is deleted or created, because it was about another
/// record. Rota fields are included, since a rota template loses its member with the partner.
pub fn ends_with_record(key: &FieldKey) -> bool {
    matches!(key.step(), Some(StepId::Partner | StepId::Rota))
}

/// The sign-offs for these systems: those that hold, the newest per field, unless taken back since; and those that ended
/// when the partner record was deleted or created, and were not renewed since.
pub(crate) fn sign_offs(lines: &[JournalEntry], now: &Target) -> (Vec<SignOff>, Vec<VoidedSignOff>) {
    let mut standing: BTreeMap<FieldKey, SignOff> = BTreeMap::new();
    let mut voided: BTreeMap<FieldKey, VoidedSignOff> = BTreeMap::new();
    for line in lines {
        match &line.entry {
            JournalEvent::WriteBegun { id, verb: by @ (Verb::Create | Verb::Delete), environment, .. }
                if *environment == now.environment && is_done(lines, id) =>
            {
                let ends = standing.extract_if(.., |key, _| ends_with_record(key));
                voided.extend(ends.map(|(key, said)| (key.clone(), VoidedSignOff { key, who: said.who, by: *by })));
            }
            JournalEvent::Attested { target, fields, note, key: export_key } => {
                for (key, want) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
                    let said = SignOff {
                        key: key.clone(),
                        want: want.clone(),
                        who: line.by.clone(),
                        when: line.at,
                        note: note.clone(),
                        export_key: export_key.clone(),
                    };
                    voided.remove(key);
                    standing.insert(key.clone(), said);
                }
            }
            JournalEvent::Revoked { target, fields, .. } => {
                for key in fields.iter().filter(|key| target.counts_for(key, now)) {
                    standing.remove(key);
                    voided.remove(key);
                }
            }
            _ => {}
        }
    }
    (standing.into_values().collect(), voided.into_values().collect())
}

/// A person's sign-off of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    pub key: FieldKey,
    /// What the procedure wanted at that time. A sign-off for another value does not count.
    pub want: String,
    pub who: String,
    pub when: Timestamp,
    pub note: Option<String>,
    /// The export key that was meant, if that is what was signed off. `None` where the journal does not say.
    pub export_key: Option<Fingerprint>,
}

impl SignOff {
    /// Whether it may have been given for this export key. An entry that does not say is of any key with these words.
    pub fn may_mean(&self, key: &ApiKey) -> bool {
        self.export_key.as_ref().is_none_or(|meant| *meant == key.fingerprint())
    }
}

/// A sign-off that no longer holds, because the partner record was deleted or created since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidedSignOff {
    pub key: FieldKey,
    pub who: String,
    /// The kind of write that ended it.
    pub by: Verb,
}

//! People's words about values, and those that ended with the partner's record.
use super::entry::{JournalEntry, JournalEvent, Target, Verb};
use super::writes::is_done;
use crate::recipe::{FieldKey, StepId};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Whether a word about a value ends with the partner's record: another record than the one looked at, or none. A rota template loses
/// its member with the partner.
#[must_use]
pub fn ends_with_record(key: &FieldKey) -> bool {
    matches!(key.step(), Some(StepId::Partner | StepId::Rota))
}

/// The words that stand for these systems: the newest per field, unless revoked since.
pub(crate) fn sign_offs(lines: &[JournalEntry], now: &Target) -> Vec<SignOff> {
    words(lines, now).0
}

/// The words that stood for these systems until the partner's record went or came, and were not given again since.
pub(crate) fn voided_sign_offs(lines: &[JournalEntry], now: &Target) -> Vec<VoidedSignOff> {
    words(lines, now).1
}

fn words(lines: &[JournalEntry], now: &Target) -> (Vec<SignOff>, Vec<VoidedSignOff>) {
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
            JournalEvent::Attested { target, fields, note } => {
                for (key, want) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
                    let said = SignOff {
                        key: key.clone(),
                        want: want.clone(),
                        who: line.by.clone(),
                        when: line.at,
                        note: note.clone(),
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

/// A person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Of which field.
    pub key: FieldKey,
    /// What the procedure wanted when it was said; a word given for another value does not count for this one.
    pub want: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: Timestamp,
    /// A remark.
    pub note: Option<String>,
}

/// A person's word that no longer holds: the record it was about, or that the screen names, was deleted or made anew since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidedSignOff {
    /// Of which field.
    pub key: FieldKey,
    /// Who had said it.
    pub who: String,
    /// By which write.
    pub by: crate::engine::journal::entry::Verb,
}

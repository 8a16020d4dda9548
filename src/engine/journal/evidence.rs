//! Evidence that people pasted or imported: the newest for each value and list.
use super::entry::{JournalEntry, JournalEvent};
use super::source::{EvidenceSource, ExportedList};
use super::target::Target;
use crate::recipe::{Channel, Expectation, FieldKey, Recipe};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A value that a person pasted or imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueEvidence {
    pub key: FieldKey,
    /// The value as shown.
    pub got: String,
    pub source: EvidenceSource,
    /// The person who showed it.
    pub who: String,
    pub when: Timestamp,
}

/// A list that a person imported whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEvidence {
    pub list: ExportedList,
    /// Rows that get in the way of ours, in words. Empty when none do.
    pub troubles: Vec<String>,
    pub source: EvidenceSource,
    /// The person who showed it.
    pub who: String,
    pub when: Timestamp,
}

/// All evidence that still counts, the newest of each value and list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceSet {
    /// One entry per field.
    pub values: Vec<ValueEvidence>,
    /// One entry per list.
    pub lists: Vec<ListEvidence>,
}

impl EvidenceSet {
    /// The evidence for a field, if there is any.
    pub fn value(&self, key: &FieldKey) -> Option<&ValueEvidence> {
        self.values.iter().find(|shown| shown.key == *key)
    }
}

/// Folds the journal into the evidence for these systems, the newest of each. A newer list without our row discards the
/// earlier evidence about that row.
pub(crate) fn evidence(lines: &[JournalEntry], now: &Target) -> EvidenceSet {
    let mut values: BTreeMap<FieldKey, ValueEvidence> = BTreeMap::new();
    let mut lists: BTreeMap<ExportedList, ListEvidence> = BTreeMap::new();
    for line in lines {
        let JournalEvent::Shown { target, source, fields, lists: told } = &line.entry else { continue };
        let counts = |list: &&ExportedList| target.counts_for(&list.key(), now);
        for list in told.keys().filter(counts).filter(|list| !fields.keys().any(|key| list.covers(key))) {
            values.retain(|key, _| !list.covers(key));
        }
        for (key, got) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
            let value = ValueEvidence {
                key: key.clone(),
                got: got.clone(),
                source: source.clone(),
                who: line.by.clone(),
                when: line.at,
            };
            values.insert(key.clone(), value);
        }
        for (list, troubles) in told.iter().filter(|(list, _)| target.counts_for(&list.key(), now)) {
            let shown = ListEvidence {
                list: *list,
                troubles: troubles.clone(),
                source: source.clone(),
                who: line.by.clone(),
                when: line.at,
            };
            lists.insert(*list, shown);
        }
    }
    EvidenceSet { values: values.into_values().collect(), lists: lists.into_values().collect() }
}

/// Whether a person can give evidence for a value: it is set on a screen only and is not a key.
pub fn takes_evidence(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe
        .field(key)
        .is_some_and(|field| field.channel == Channel::Screen && !matches!(field.want, Expectation::Secret(_)))
}

/// Whole days from `since` to `now`; 0 when `since` is in the future.
pub fn age_in_days(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((now.as_second() - since.as_second()).max(0) / 86_400).unwrap_or(u32::MAX)
}

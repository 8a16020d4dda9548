//! What people pasted or imported: the newest of each value and list.
use super::entry::{JournalEntry, JournalEvent, Target};
use super::source::{EvidenceSource, ExportedList};
use crate::recipe::{Channel, Expectation, FieldKey, Recipe};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A value that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueEvidence {
    /// Of which field.
    pub key: FieldKey,
    /// What stood there.
    pub got: String,
    /// Where it came from.
    pub source: EvidenceSource,
    /// Who showed it.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// A list that was shown whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEvidence {
    /// Which.
    pub list: ExportedList,
    /// What gets in the way in its other rows; nothing where they do not.
    pub troubles: Vec<String>,
    /// Where it came from.
    pub source: EvidenceSource,
    /// Who showed it.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// All that was shown and stands, the newest of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceSet {
    /// Field by field.
    pub values: Vec<ValueEvidence>,
    /// List by list.
    pub lists: Vec<ListEvidence>,
}

impl EvidenceSet {
    /// The value shown for a field.
    #[must_use]
    pub fn value(&self, key: &FieldKey) -> Option<&ValueEvidence> {
        self.values.iter().find(|shown| shown.key == *key)
    }
}

/// What the journal holds of it for these systems, the newest of each. A list without our row takes back what was shown of that row
/// before.
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

/// Whether a value counts when a person shows it: it stands on a screen only, and is no key.
#[must_use]
pub fn takes_evidence(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe
        .field(key)
        .is_some_and(|field| field.channel == Channel::Screen && !matches!(field.want, Expectation::Secret(_)))
}

/// Whole days between two times; none where the first is the later one.
#[must_use]
pub fn age_in_days(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((now.as_second() - since.as_second()).max(0) / 86_400).unwrap_or(u32::MAX)
}

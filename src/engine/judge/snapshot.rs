//! Everything that a judgement uses: what both systems answered, the journal, and the known keys.
use crate::engine::journal::JournalFacts;
use crate::engine::observed::{
    AlmaObservations, IlliadObservations, Observation, PatronObservation, UnreadKind, UnreadReason,
};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The API keys known here, as far as a judgement needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKeys {
    /// The key that belongs in Alma's partner, and its slot: `export`, or `illiad` if that slot is empty. A slot that
    /// cannot be read is unread, not empty.
    pub export_key: Observation<(KeySlot, ApiKey)>,
    /// The other keys, which must not appear in any value either.
    pub other_keys: Vec<ApiKey>,
}

/// Everything that was observed, ready to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When the reading ended.
    pub at: Timestamp,
    pub alma: AlmaObservations,
    pub illiad: IlliadObservations,
    /// The sample patrons of the campus.
    pub patrons: Vec<PatronObservation>,
    pub journal: JournalFacts,
    pub keys: KnownKeys,
    /// The proxy between here and each system that is reached through one: the system's name, the proxy's host and
    /// port.
    pub proxies: BTreeMap<&'static str, String>,
}

impl<T> Observation<T> {
    /// This observation, or the earlier one if this value was not read in this run.
    #[must_use]
    pub fn or_before(self, before: &Self) -> Self
    where
        T: Clone,
    {
        match self {
            Self::Unread(UnreadReason { why: UnreadKind::NotAsked, .. }) => before.clone(),
            seen => seen,
        }
    }
}

impl Snapshot {
    /// This snapshot, with earlier observations for everything that was not read this time.
    #[must_use]
    pub fn over(self, before: &Self) -> Self {
        let (alma, was) = (self.alma, &before.alma);
        let others_gap = match alma.others.unread().map(|why| why.why) {
            Some(UnreadKind::NotAsked) => was.others_gap.clone(),
            _ => alma.others_gap,
        };
        // Observations made with another key say nothing about this one.
        let export_key = match self.keys.export_key == before.keys.export_key {
            true => self.illiad.export_key.or_before(&before.illiad.export_key),
            false => self.illiad.export_key,
        };
        let tables = alma
            .tables
            .into_iter()
            .map(|(table, seen)| match was.tables.get(&table) {
                Some(rows) => (table, seen.or_before(rows)),
                None => (table, seen),
            })
            .collect();
        Self {
            alma: AlmaObservations {
                general: alma.general.or_before(&was.general),
                libraries: alma.libraries.or_before(&was.libraries),
                locations: alma.locations.or_before(&was.locations),
                desks: alma.desks.or_before(&was.desks),
                tables,
                partner: alma.partner.or_before(&was.partner),
                partners: alma.partners.or_before(&was.partners),
                others: alma.others.or_before(&was.others),
                others_gap,
                may_write: alma.may_write.or_before(&was.may_write),
            },
            illiad: IlliadObservations {
                version: self.illiad.version.or_before(&before.illiad.version),
                key: self.illiad.key.or_before(&before.illiad.key),
                export_key,
                requests: self.illiad.requests.or_before(&before.illiad.requests),
            },
            patrons: if self.patrons.is_empty() { before.patrons.clone() } else { self.patrons },
            ..self
        }
    }
}

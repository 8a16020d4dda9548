//! Everything that a judgement uses: what both systems answered, the journal, and the known keys.
use crate::engine::journal::JournalFacts;
use crate::engine::observed::{AlmaObservations, IlliadObservations, Observation, PatronObservation};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use jiff::Timestamp;

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
}

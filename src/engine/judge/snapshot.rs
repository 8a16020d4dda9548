//! Everything that is judged: what both systems answered, and what the journal and the key store hold.
use crate::engine::journal::JournalFacts;
use crate::engine::observed::{AlmaObservations, IlliadObservations, Observation, PatronObservation};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use jiff::Timestamp;

/// The keys known here, as far as a judgement needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKeys {
    /// The key that belongs into Alma's partner (slot `export`, else `illiad` where that slot is empty), and from which slot. A slot that
    /// could not be looked into is not an empty one.
    pub export_key: Observation<(KeySlot, ApiKey)>,
    /// The other keys, which no value may show either.
    pub other_keys: Vec<ApiKey>,
}

/// Everything that was seen, to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When the reading ended.
    pub at: Timestamp,
    /// Alma's side.
    pub alma: AlmaObservations,
    /// ILLiad's side.
    pub illiad: IlliadObservations,
    /// The sample.
    pub patrons: Vec<PatronObservation>,
    /// What the journal says.
    pub journal: JournalFacts,
    /// The keys known here.
    pub keys: KnownKeys,
}

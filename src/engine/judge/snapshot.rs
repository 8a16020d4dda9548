//! Everything that is judged: what both systems answered, and what the journal and the key store hold.
use crate::engine::journal::{KeyWrite, SignOff, VoidedSignOff};
use crate::engine::observed::{AlmaObservations, IlliadObservations, Observation, PatronObservation};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use jiff::Timestamp;

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
    /// What people signed off, newest word per field.
    pub said: Vec<SignOff>,
    /// Words that no longer hold, because the partner's record went or came since.
    pub voided: Vec<VoidedSignOff>,
    /// What people showed, newest per field and list.
    pub shown: crate::engine::journal::EvidenceSet,
    /// The key that belongs into Alma's partner (slot `export`, else `illiad` where that slot is empty), and from which slot. A slot that
    /// could not be looked into is not an empty one.
    pub export_key: Observation<(KeySlot, ApiKey)>,
    /// The other keys known here, which no value may show either.
    pub other_keys: Vec<ApiKey>,
    /// The key that our own last journaled write set, and when and by whom.
    pub key_written: Option<KeyWrite>,
    /// What was proved, the newest of each half.
    pub proofs: Vec<crate::engine::journal::Proof>,
}

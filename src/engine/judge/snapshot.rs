//! Everything that is judged: what both systems answered, and what the journal and the key store hold.
use crate::engine::journal::{KeyWritten, Said, Voided};
use crate::engine::observed::{AlmaSeen, IlliadSeen, PatronSeen, Seen};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use jiff::Timestamp;

/// Everything that was seen, to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When the reading ended.
    pub at: Timestamp,
    /// Alma's side.
    pub alma: AlmaSeen,
    /// ILLiad's side.
    pub illiad: IlliadSeen,
    /// The sample.
    pub patrons: Vec<PatronSeen>,
    /// What people signed off, newest word per field.
    pub said: Vec<Said>,
    /// Words that no longer hold, because the partner's record went or came since.
    pub voided: Vec<Voided>,
    /// What people showed, newest per field and list.
    pub shown: crate::engine::journal::Shown,
    /// The key that belongs into Alma's partner (slot `export`, else `illiad` where that slot is empty), and from which slot. A slot that
    /// could not be looked into is not an empty one.
    pub export_key: Seen<(KeySlot, ApiKey)>,
    /// The other keys known here, which no value may show either.
    pub other_keys: Vec<ApiKey>,
    /// The key that our own last journaled write set, and when and by whom.
    pub key_written: Option<KeyWritten>,
    /// What was proved, the newest of each half.
    pub proofs: Vec<crate::engine::journal::Proof>,
}

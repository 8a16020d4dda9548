//! What was done, seen and signed off: the entries, and what they amount to.
mod activity;
mod entry;
mod evidence;
mod interrupted;
mod key_rotation;
mod last_apply;
mod probe;
mod probes;
mod proof_result;
mod proofs;
mod sign_offs;
mod source;
mod stance;
mod writes;

pub use activity::Activity;
pub use entry::{JournalEntry, JournalEvent, OldKey, Purpose, Target, UnsentInput, Verb, WriteOutcome};
pub use evidence::{EvidenceSet, ListEvidence, ValueEvidence, age_in_days, evidence, takes_evidence};
pub use interrupted::{Interruption, UnwatchedWork, interruption};
pub use key_rotation::{InterruptedRotation, RotationStage, interrupted_rotation, replaced_key};
pub use last_apply::{
    KeyAfterUndo, LastApply, UndoState, WriteSummary, key_after_undo, last_apply, sign_offs_that_end,
};
pub(crate) use probe::title;
pub use probe::{ProbeEnd, ProbeKind, System, TITLE, cited_in};
pub use probes::{ProbeRecord, ProbeSide, late_probes, leftover_probes, probe_records};
pub use proof_result::{ProofResult, ProofScope, ProofStatus};
pub use proofs::{Proof, proofs};
pub use sign_offs::{SignOff, VoidedSignOff, ends_with_record, sign_offs, voided_sign_offs};
pub use source::{EvidenceSource, ExportedList};
pub use stance::went_live;
pub use writes::{KeyWrite, key_write, unfinished_write, unseen_write};

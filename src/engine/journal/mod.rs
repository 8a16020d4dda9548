//! The journal: what was done, seen and signed off, and what that amounts to.
mod ahead;
mod counting;
mod entry;
mod evidence;
mod facts;
mod history;
mod interrupted;
mod key_rotation;
mod known_verdict;
mod last_apply;
mod last_change;
mod milestones;
mod probe;
mod probes;
mod proofs;
mod sign_offs;
mod source;
mod target;
mod token;
mod unreadable;
mod verdicts;
mod writes;

pub use ahead::{AheadEntry, AheadKind};
pub use counting::{CountedEntries, counting};
pub use entry::{
    CheckOccasion, JournalEntry, JournalEvent, OldKey, Purpose, SessionEnd, UnsentInput, Verb, WriteAnswer,
    WriteOutcome,
};
pub use evidence::{
    EvidenceSet, LaterSignOff, ListEvidence, ReplacedEvidence, RowsBeside, ShownValue, UnclearEvidence, ValueEvidence,
    WithdrawnEvidence, age_in_days, takes_evidence,
};
pub use facts::JournalFacts;
pub use history::{HistoryItem, HistoryKind, history};
pub use interrupted::{LastSession, UnwatchedWork, last_session};
pub use key_rotation::{InterruptedRotation, RotationStage, Rotations};
pub use known_verdict::KnownVerdict;
pub use last_apply::{KeyAfterUndo, LastApply, UndoState, WriteSummary, sign_offs_that_end};
pub use last_change::SetUpChange;
pub(crate) use last_change::later;
pub use milestones::{Activity, ForecastRun, Milestone, Milestones, Rehearsal};
pub(crate) use probe::title;
pub use probe::{
    ProbeEnd, ProbeKind, ProofResult, ProofScope, ProofStatus, RequestByHand, System, TITLE, cited_in, is_marked,
};
pub(crate) use probes::probes_without_beginning;
pub use probes::{ProbeRecord, ProbeSide};
pub use proofs::Proof;
pub use sign_offs::{SignOff, VoidedSignOff, ends_with_record};
pub use source::{EvidenceOrigin, EvidenceSource, ExportedList, FileStamp};
pub use target::{ProbePlace, Target};
pub use token::ProbeToken;
pub use unreadable::{UnreadableLine, UnreadableReason, unreadable_count, unreadable_next, unreadable_words};
pub use verdicts::{PastVerdict, VerdictChange};
pub use writes::{KeyWrite, UnseenWrite, outcome_since};

//! What the journal amounts to, folded in one place. Fold again after writing to the journal, before judging.
use super::activity::Activity;
use super::entry::{JournalEntry, Target};
use super::evidence::{EvidenceSet, evidence};
use super::key_rotation::{Rotations, rotations};
use super::last_apply::{LastApply, UndoState, last_apply};
use super::milestones::{Milestones, milestones};
use super::probes::{ProbeRecord, late_probes, leftover_probes, probe_records};
use super::proofs::{Proof, proofs};
use super::sign_offs::{SignOff, VoidedSignOff};
use super::sign_offs::{sign_offs, voided_sign_offs};
use super::writes::KeyWrite;
use super::writes::{key_write, unfinished_write, unseen_write};
use jiff::Timestamp;

/// What the journal says of these systems, for a campus file as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalFacts {
    /// What people signed off, the newest sign-off of each field.
    pub sign_offs: Vec<SignOff>,
    /// Sign-offs that no longer hold, because the partner's record went or came since.
    pub voided_sign_offs: Vec<VoidedSignOff>,
    /// What people pasted or imported, the newest of each field and list.
    pub evidence: EvidenceSet,
    /// The export key that our own last write set, and when and by whom.
    pub key_write: Option<KeyWrite>,
    /// What was proved, the newest of each half.
    pub proofs: Vec<Proof>,
    /// Every test request made here, oldest first.
    pub made: Vec<ProbeRecord>,
    /// The newest write, if how it ended is not known.
    pub unfinished: Option<JournalEntry>,
    /// The newest write, if it was taken for not executed without an answer that says so.
    pub not_seen: Option<JournalEntry>,
    /// The last apply that was done and not undone.
    pub last_apply: Option<LastApply>,
    /// Keys that were put in another's place.
    pub rotations: Rotations,
    /// Whether somebody has worked here before.
    pub trace: Activity,
    /// When what was done for the first or the last time.
    pub milestones: Milestones,
}

impl JournalFacts {
    /// Folds all lines of the journal for these systems.
    #[must_use]
    pub fn fold(lines: &[JournalEntry], target: &Target) -> Self {
        let here = target.environment;
        Self {
            sign_offs: sign_offs(lines, target),
            voided_sign_offs: voided_sign_offs(lines, target),
            evidence: evidence(lines, target),
            key_write: key_write(lines, here),
            proofs: proofs(lines),
            made: probe_records(lines, here),
            unfinished: unfinished_write(lines, here).cloned(),
            not_seen: unseen_write(lines, here).cloned(),
            last_apply: last_apply(lines, here),
            rotations: rotations(lines, here),
            trace: Activity::of(lines, here),
            milestones: milestones(lines, here),
        }
    }

    /// Test requests that may exist and are not confirmed cancelled.
    #[must_use]
    pub fn leftover_probes(&self) -> Vec<ProbeRecord> {
        leftover_probes(&self.made)
    }

    /// Test requests that were not found when they were looked for, and may have come since: within a day.
    #[must_use]
    pub fn late_probes(&self, now: Timestamp) -> Vec<ProbeRecord> {
        late_probes(&self.made, now)
    }

    /// What an undo would take back.
    #[must_use]
    pub fn undoable(&self) -> UndoState {
        self.last_apply.as_ref().map_or(UndoState::Nothing, |last| UndoState::LastApply(last.written.clone()))
    }
}

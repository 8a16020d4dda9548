//! Folds the journal into what it amounts to, in one place. Fold again after writing to the journal and before judging.
use super::ahead::{AheadEntry, ahead, dated};
use super::entry::{JournalEntry, JournalEvent, WriteAnswer};
use super::evidence::{EvidenceSet, evidence};
use super::key_rotation::{Rotations, rotations};
use super::last_apply::{LastApply, UndoState, last_apply};
use super::last_change::{SetUpChange, last_change};
use super::milestones::{Activity, Milestones, milestones};
use super::probe::System;
use super::probes::{ProbeRecord, late_probes, leftover_probes, probe_records};
use super::proofs::{Proof, proofs};
use super::sign_offs::{SignOff, VoidedSignOff, sign_offs};
use super::target::{ProbePlace, Target};
use super::unreadable::UnreadableLine;
use super::verdicts::{PastVerdict, past_verdicts};
use super::writes::{KeyWrite, UnseenWrite, key_write, newest_answer, unfinished_write, unseen_write};
use crate::recipe::FieldKey;
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What the journal says about these systems, for the campus file as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalFacts {
    /// The newest sign-off of each field.
    pub sign_offs: Vec<SignOff>,
    /// Sign-offs that no longer hold, because the partner record was deleted or created since.
    pub voided_sign_offs: Vec<VoidedSignOff>,
    /// What people pasted or imported, the newest for each field and list.
    pub evidence: EvidenceSet,
    /// Sign-offs, evidence, proofs and forecasts with a time in the future. They count for nothing.
    pub ahead: Vec<AheadEntry>,
    /// Lines that cannot be read. What they said is missing here.
    pub unreadable: Vec<UnreadableLine>,
    /// The export key set by our last write, with the time and person.
    pub key_write: Option<KeyWrite>,
    /// The newest proof of each half that was seen in these systems.
    pub proofs: Vec<Proof>,
    /// Every test request that the journal knows of, oldest first. Each says where it was made.
    pub made: Vec<ProbeRecord>,
    /// The newest write, if we do not know how it ended.
    pub unfinished: Option<JournalEntry>,
    /// What Alma answered to the newest write.
    pub answer: WriteAnswer,
    /// The write that we treat as not executed although no answer said so, if it may still arrive.
    pub not_seen: Option<UnseenWrite>,
    /// The last apply that was done and not undone.
    pub last_apply: Option<LastApply>,
    /// The last change to the set-up.
    pub last_change: Option<SetUpChange>,
    pub rotations: Rotations,
    pub trace: Activity,
    pub milestones: Milestones,
    /// What the checks before found, for each field.
    pub past: BTreeMap<FieldKey, PastVerdict>,
}

/// The lines without the writes to an Alma at another address, which are not for us to settle or to take back.
fn written_here<'a>(lines: &'a [JournalEntry], now: &Target) -> Cow<'a, [JournalEntry]> {
    let elsewhere = |line: &JournalEntry| match &line.entry {
        JournalEvent::WriteBegun { target: Some(target), .. } => {
            matches!(target.place(System::Alma, now), ProbePlace::Elsewhere(_))
        }
        _ => false,
    };
    if lines.iter().any(elsewhere) {
        lines.iter().filter(|line| !elsewhere(line)).cloned().collect()
    } else {
        Cow::Borrowed(lines)
    }
}

impl JournalFacts {
    /// Folds all lines of the journal for these systems, as of `now`. What people said or saw at a time later than that
    /// does not count.
    pub fn fold(lines: &[JournalEntry], target: &Target, now: Timestamp) -> Self {
        let here = target.environment;
        let ahead = ahead(lines, target, now);
        let dated = dated(lines, now);
        let lines = &*written_here(&dated, target);
        let (sign_offs, voided_sign_offs) = sign_offs(lines, target);
        Self {
            sign_offs,
            voided_sign_offs,
            evidence: evidence(lines, target),
            ahead,
            unreadable: Vec::new(),
            key_write: key_write(lines, here),
            proofs: proofs(lines, target),
            made: probe_records(lines, target),
            unfinished: unfinished_write(lines, here).cloned(),
            answer: newest_answer(lines, here),
            not_seen: unseen_write(lines, here),
            last_apply: last_apply(lines, here),
            last_change: last_change(lines, target),
            rotations: rotations(lines, here),
            trace: Activity::of(lines, here),
            milestones: milestones(lines, target),
            past: past_verdicts(lines, target),
        }
    }

    /// Test requests that may exist and are not confirmed cancelled.
    pub fn leftover_probes(&self) -> Vec<ProbeRecord> {
        leftover_probes(&self.made)
    }

    /// Test requests less than a day old that were not found when looked for, but may have arrived since.
    pub fn late_probes(&self, now: Timestamp) -> Vec<ProbeRecord> {
        late_probes(&self.made, now)
    }

    /// What an undo would take back.
    pub fn undoable(&self) -> UndoState {
        self.last_apply.as_ref().map_or(UndoState::Nothing, |last| UndoState::LastApply(last.written.clone()))
    }
}

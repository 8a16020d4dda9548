//! Judges how a write of a plan ended, from Alma's answer and from the record as it was read back. What may be somebody
//! else's record is never called done, so that no undo touches it.
use super::attempt::another_code;
use super::campus_ops::CampusOps;
use super::settle::{self, WriteTrace};
use crate::engine;
use crate::engine::journal::WriteOutcome;
use crate::engine::observed::{PartnerRecord, UnreadReason};
use crate::engine::plan::{Basis, Confirmed, Plan};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead, WriteFailure};
use crate::secret::ApiKey;
use serde_json::Value;

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Judges how the write ended, from Alma's answer and the record as read back.
    pub(super) fn became(
        &self,
        plan: &Plan<Confirmed>,
        sent: &SentWrite,
        back: &Result<Option<PartnerRecord>, UnreadReason>,
    ) -> WriteJudgement {
        let key = plan.key().map(ApiKey::fingerprint);
        let judged = |record: &Option<PartnerRecord>| {
            let write = WriteTrace { before: sent.before.as_deref(), sent: Some(&sent.image), key: key.as_ref() };
            let judged = settle::judge_with_key(&*self.journal, record.as_ref(), write);
            // What somebody else created may hold all that was sent, and more.
            let ours = || !is_another_creation(plan, &plan.record(), record.as_ref());
            judged.filter(|outcome| !matches!(outcome, WriteOutcome::Done(_)) || ours())
        };
        let (outcome, failure) = match (back, &sent.outcome) {
            (_, Err(WriteFailure::Refused { failure, codes, .. }))
                if codes.iter().any(|code| code == ALREADY_THERE) =>
            {
                (WriteOutcome::Refused(failure.what.clone()), Some(self.was_there(failure)))
            }
            (back, Err(WriteFailure::Refused { failure, .. })) => match back.as_ref().ok().and_then(judged) {
                Some(WriteOutcome::Done(digest)) => return done_all_the_same(failure, digest),
                _ => (WriteOutcome::Refused(failure.what.clone()), Some(failure.clone())),
            },
            (Ok(Some(record)), answer) if another_code(record, &self.partner_code()).is_some() => {
                return self.another_record(answer, &another_code(record, &self.partner_code()).unwrap_or_default());
            }
            (Err(why), _) => {
                let failure = self.unknown(sent, why);
                (WriteOutcome::Unknown(failure.what.clone()), Some(failure))
            }
            // Alma took it, and then does not find the record: one of these answers is wrong.
            (Ok(None), Ok(_) | Err(WriteFailure::Taken(_))) => return self.not_shown(),
            (Ok(record), Ok(answered)) => match judged(record) {
                Some(WriteOutcome::NotSeen(_)) | None if nothing_arrived(plan, record.as_ref()) => {
                    return if shows_none_of_it(plan, answered) { kept_all() } else { self.not_shown() };
                }
                Some(WriteOutcome::NotSeen(_)) if !shows_another_key(plan, record.as_ref()) => return self.not_shown(),
                None if is_another_creation(plan, answered, record.as_ref()) => {
                    return self.another_record(&sent.outcome, NEITHER);
                }
                _ => {
                    (WriteOutcome::Done(record.as_ref().map(|record| engine::plan::values_digest(&record.body))), None)
                }
            },
            (Ok(record), Err(WriteFailure::Taken(_)))
                if !shows_another_key(plan, record.as_ref())
                    && (matches!(judged(record), Some(WriteOutcome::NotSeen(_)))
                        || nothing_arrived(plan, record.as_ref())) =>
            {
                return self.not_shown();
            }
            (Ok(record), Err(WriteFailure::Unknown(failure) | WriteFailure::Taken(failure))) => {
                return after_unclear(judged(record), failure);
            }
        };
        WriteJudgement { outcome: WriteStatus::Known(outcome), failure, beside: None }
    }

    /// The end of a write that Alma says it took, while its record shows none of it. A later read settles it.
    fn not_shown(&self) -> WriteJudgement {
        let campus = &self.site.institution;
        let failure = Failure::new(FailureKind::Network, format!("The write to {campus} was {}.", settle::NOT_SHOWN))
            .hint(format!("check again a little later: {}", self.site.command("check partner parameters")));
        WriteJudgement { outcome: WriteStatus::NotShown, failure: Some(failure), beside: None }
    }

    fn unknown(&self, sent: &SentWrite, why: &UnreadReason) -> Failure {
        let came = match &sent.outcome {
            Ok(_) => Failure::new(FailureKind::Network, "Alma accepted the write"),
            Err(failed) => failed.failure().clone(),
        };
        let unknown = "The outcome of the write is unknown, and the journal says so.";
        let whole = |came: &str, why: &str| {
            format!("{}, and the record could not be read back: {why} {unknown}", came.trim_end_matches('.'))
        };
        let short = format!("{unknown} {} The record could not be read back: {}", ended(came.plain()), why.plain());
        Failure::new(FailureKind::Network, whole(&came.what, &why.what))
            .in_short(Some(short))
            .hint(format!("check again: {}", self.site.command("check partner parameters")))
    }

    /// The end of a write after which Alma shows a record that may be somebody else's. An undo must not touch it.
    fn another_record(&self, answer: &Result<Value, WriteFailure>, shown: &str) -> WriteJudgement {
        let came = match answer {
            Ok(_) => Failure::new(FailureKind::Network, "Alma accepted the write"),
            Err(failed) => Failure { kind: FailureKind::Network, hints: Vec::new(), ..failed.failure().clone() },
        };
        let why = format!("{shown}, so the outcome of the write is unknown");
        let next = format!("compare every value: {}", self.site.command("plan partner parameters"));
        let failure = came.within(|came| format!("{}, but {why}.", came.trim_end_matches('.'))).hint(next);
        WriteJudgement { outcome: WriteStatus::Known(WriteOutcome::Unknown(why)), failure: Some(failure), beside: None }
    }

    /// The failure of a creation that Alma refused because the partner is there already.
    fn was_there(&self, failure: &Failure) -> Failure {
        let campus = &self.site.institution;
        let so = format!(
            "So this write did not create the partner {} of {campus}, and undo leaves it alone.",
            self.partner_code()
        );
        Failure { kind: FailureKind::Changed, hints: Vec::new(), ..failure.clone() }
            .within(|said| format!("{} {so}", ended(said)))
            .hint(format!("review it: {}", self.site.command("plan partner parameters")))
    }
}

/// What a creation left that is not as it was sent.
const NEITHER: &str = "Alma shows a record that is neither what was sent nor what it answered with";

/// Alma's code for a partner that exists already (facts/alma.md §2).
const ALREADY_THERE: &str = "402113";

/// Words with the full stop that ends a sentence.
fn ended(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

/// The end of a write whose answer tells nothing, or something else than the record.
fn done_all_the_same(failure: &Failure, digest: Option<String>) -> WriteJudgement {
    let said = failure.plain().trim_end_matches('.');
    let beside = Some(format!("{said}; but the record now contains what was sent."));
    WriteJudgement { outcome: WriteStatus::Known(WriteOutcome::Done(digest)), failure: None, beside }
}

/// The end of a write of unclear outcome, judged from the record as it was read afterwards.
fn after_unclear(judged: Option<WriteOutcome>, failure: &Failure) -> WriteJudgement {
    let (outcome, hint) = match judged {
        Some(WriteOutcome::Done(digest)) => return done_all_the_same(failure, digest),
        Some(WriteOutcome::Unknown(why)) => (WriteOutcome::Unknown(why.clone()), why),
        Some(not) => (
            not,
            "the record was read again and has not changed so far; check again in a minute, then apply again"
                .to_owned(),
        ),
        // Another person's edit may be all that changed, and an undo must not take that for ours.
        None => {
            let why = "the record matches neither what it was before nor what was sent";
            (WriteOutcome::Unknown(why.to_owned()), format!("{why}; compare every value"))
        }
    };
    WriteJudgement { outcome: WriteStatus::Known(outcome), failure: Some(failure.clone().hint(hint)), beside: None }
}

/// How a write ended, as far as Alma's answer and one read tell.
pub(super) enum WriteStatus {
    Known(WriteOutcome),
    /// Alma answered that it took the write, but the record shows none of it.
    NotShown,
}

/// How a write ended, with what to say of it.
pub(super) struct WriteJudgement {
    pub(super) outcome: WriteStatus,
    pub(super) failure: Option<Failure>,
    /// A note for the user.
    pub(super) beside: Option<String>,
}

/// A write that was sent, and Alma's answer.
pub(super) struct SentWrite {
    pub(super) id: String,
    pub(super) before: Option<String>,
    pub(super) image: String,
    /// The record that Alma answered with, if it took the write.
    pub(super) outcome: Result<Value, WriteFailure>,
}

impl SentWrite {
    /// Whether Alma answered with a success.
    pub(super) fn was_taken(&self) -> bool {
        matches!(self.outcome, Ok(_) | Err(WriteFailure::Taken(_)))
    }
}

fn nothing_arrived(plan: &Plan<Confirmed>, now: Option<&PartnerRecord>) -> bool {
    now.is_some_and(|now| shows_none_of_it(plan, &now.body))
}

/// Whether the record shows another export key than before the write.
fn shows_another_key(plan: &Plan<Confirmed>, now: Option<&PartnerRecord>) -> bool {
    matches!((&plan.basis, now), (Basis::Record(before), Some(now)) if before.key != now.key)
}

/// Whether a record shows none of the values that the plan changed, whatever else changed in it.
fn shows_none_of_it(plan: &Plan<Confirmed>, record: &Value) -> bool {
    let Basis::Record(before) = &plan.basis else { return false };
    let due = engine::plan::differences(&before.body, &plan.record(), &[]);
    let changed = engine::plan::differences(&before.body, record, &[]);
    !due.is_empty() && due.iter().all(|at| !changed.contains(at))
}

/// The end of a write after which Alma answered with the old values, and shows them when read: it kept them all.
fn kept_all() -> WriteJudgement {
    let why = "Alma accepted the write, but returned every value unchanged".to_owned();
    WriteJudgement { outcome: WriteStatus::Known(WriteOutcome::NotSeen(why)), failure: None, beside: None }
}

/// Whether a creation left another record than this one, as far as the record that is read back shows.
fn is_another_creation(plan: &Plan<Confirmed>, sent: &Value, back: Option<&PartnerRecord>) -> bool {
    let created = !matches!(plan.basis, Basis::Record(_));
    created && back.is_some_and(|back| !engine::plan::unexpected_changes(sent, &back.body).is_empty())
}

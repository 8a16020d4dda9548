//! Applies a plan safely: reads the record again, refuses if it changed, journals, writes the whole record, reads it
//! back, and reports what Alma kept.
use super::attempt::{PartnerWrite, basis_digest};
use super::campus_ops::CampusOps;
use super::gather::PARTNER;
use super::prover::kind_of;
use super::settle::{self, WriteTrace};
use crate::engine;
use crate::engine::journal::{CheckOccasion, JournalEvent, Purpose, Target, Verb, WriteOutcome};
use crate::engine::judge::{Report, Snapshot, Verdict, verify};
use crate::engine::observed::{Observation, PartnerRecord, UnreadReason};
use crate::engine::plan::{Action, Basis, Change, Confirmed, Plan, WriteResult, objections};
use crate::engine::results::ApplyResult;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaWrite, IlliadRead, OutgoingRecord, WriteFailure};
use crate::recipe::{Recipe, StepId};
use crate::secret::ApiKey;
use jiff::Timestamp;
use serde_json::Value;

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Applies a confirmed plan. `seen` is the snapshot that the plan was made from; the record itself is read again
    /// first.
    ///
    /// # Errors
    /// Fails before anything is sent when there is an objection, the record changed, or the journal cannot be written.
    pub async fn apply<W: AlmaWrite>(
        &self,
        writer: &W,
        plan: Plan<Confirmed>,
        seen: &Snapshot,
    ) -> Result<ApplyResult, Failure> {
        self.apply_for(writer, plan, seen, Purpose::Apply).await
    }

    pub(super) async fn apply_for<W: AlmaWrite>(
        &self,
        writer: &W,
        plan: Plan<Confirmed>,
        seen: &Snapshot,
        purpose: Purpose,
    ) -> Result<ApplyResult, Failure> {
        let recipe = Recipe::embedded();
        if plan.campus != self.site.institution || plan.environment != self.site.environment {
            let of = format!("{} ({})", plan.campus, plan.environment.as_str());
            return Err(Failure::new(FailureKind::Refused, format!("The plan is for {of}; nothing was sent.")));
        }
        if let Some(why) = objections(recipe, &self.site, seen, &plan).into_iter().next() {
            return Err(self.objected(&why));
        }
        if !plan.writes_anything() {
            return Ok(self.nothing_sent(plan, seen));
        }
        let now = self.read_again().await.map_err(|why| self.objected(&why))?;
        if basis_digest(now.as_ref()) != plan.basis.digest() {
            return Err(Failure::new(
                FailureKind::Changed,
                format!(
                    "The partner {PARTNER} of {} changed in Alma between the plan and the write; nothing was sent.",
                    self.site.institution
                ),
            )
            .hint("review what would be written now; if it is right, apply again"));
        }
        let _in_flight = self.in_flight.lock().await;
        let sent = self.send(writer, &plan, purpose).await?;
        self.read_back(plan, seen, sent).await
    }

    fn objected(&self, why: &UnreadReason) -> Failure {
        let what = format!("Nothing was written to {}: {}.", self.site.institution, why.what.trim_end_matches('.'));
        Failure::new(kind_of(why), what).hint(why.next.clone())
    }

    fn nothing_sent(&self, plan: Plan<Confirmed>, seen: &Snapshot) -> ApplyResult {
        let report = verify(Recipe::embedded(), &self.site, seen, &plan.steps);
        let results = plan.changes.iter().map(|change| (change.clone(), WriteResult::ByHand)).collect();
        // A partner's code cannot be changed, so no value entered by hand can make this record the wanted one.
        let another_code = matches!(&plan.basis, Basis::Record(record) if record.code().unwrap_or_default() != PARTNER);
        let by_hand = plan.obstacles.first().map(|why| {
            let nothing = format!("Nothing was written to {}", self.site.institution);
            match another_code {
                true => Failure::new(FailureKind::NotAsWanted, format!("{nothing}: {why}.")),
                false => {
                    Failure::new(FailureKind::ByHand, format!("{nothing}: a person must set these values in Alma."))
                }
            }
        });
        let failure = by_hand.or_else(|| self.without_key(&plan));
        ApplyResult { plan: plan.digest(), results, report, snapshot: seen.clone(), remarks: plan.obstacles, failure }
    }

    /// A failure saying that the export key was left as it is because it could not be tried. Other values may have been
    /// written.
    fn without_key(&self, plan: &Plan<Confirmed>) -> Option<Failure> {
        let why = plan.held_key()?;
        let mut failure = self.objected(why);
        failure.what = format!(
            "The export key of {} in Alma was not changed: {}.",
            self.site.institution,
            why.what.trim_end_matches('.')
        );
        Some(failure)
    }

    /// The result of an apply that sent nothing, with the changes it would have made.
    pub fn not_applied(&self, snapshot: &Snapshot, steps: &[StepId], failure: Option<Failure>) -> ApplyResult {
        let (plan, report) = self.plan_from(snapshot, steps);
        let became = |change: &Change| match (&change.action, &failure) {
            (Action::ByHand, _) | (_, None) => WriteResult::ByHand,
            (Action::Create | Action::Set, Some(_)) => WriteResult::Refused,
        };
        let results = plan.changes.iter().map(|change| (change.clone(), became(change))).collect();
        let remarks = failure.iter().map(|failure| failure.what.clone()).collect();
        ApplyResult { plan: plan.digest(), results, report, snapshot: snapshot.clone(), remarks, failure }
    }

    async fn send<W: AlmaWrite>(
        &self,
        writer: &W,
        plan: &Plan<Confirmed>,
        purpose: Purpose,
    ) -> Result<SentWrite, Failure> {
        let body = plan.record();
        let (verb, before) = match &plan.basis {
            Basis::Record(record) => (Verb::Replace, Some(self.journal.keep_image(&record.body)?)),
            Basis::NoRecord | Basis::Unread(_) => (Verb::Create, None),
        };
        let sent = self.journal.keep_image(&body)?;
        let id = write_id(self.clock.now(), &plan.digest());
        self.journal.append(JournalEvent::WriteBegun {
            id: id.clone(),
            verb,
            purpose,
            environment: plan.environment,
            before: before.clone(),
            sent: Some(sent.clone()),
            fields: plan.due().map(|change| change.key.clone()).collect(),
            key: plan.key().map(ApiKey::fingerprint),
            target: Some(Target::of(&self.site)),
        })?;
        let outgoing = OutgoingRecord { body, key: plan.key().cloned() };
        let outcome = match &plan.basis {
            Basis::Record(record) => self.attempt(writer, PartnerWrite::Replace(&outgoing), Some(record)).await,
            Basis::NoRecord | Basis::Unread(_) => self.attempt(writer, PartnerWrite::Create(&outgoing), None).await,
        };
        Ok(SentWrite { id, before, image: sent, outcome })
    }

    /// Reads the record before calling the write done or failed, whatever Alma answered.
    async fn read_back(&self, plan: Plan<Confirmed>, seen: &Snapshot, sent: SentWrite) -> Result<ApplyResult, Failure> {
        let back = self.read_again().await;
        let Became { outcome, mut failure, beside } = self.became(&plan, &sent, &back);
        let refused = matches!(&outcome, Ending::Known(WriteOutcome::Refused(_)));
        let shown = !matches!(&outcome, Ending::NotShown);
        let ended = self.journal.append(match outcome {
            Ending::Known(WriteOutcome::Unknown(why)) if sent.was_taken() => settle::taken(&sent.id, &why),
            Ending::Known(outcome) => settle::ended(&sent.id, outcome),
            Ending::NotShown => settle::taken(&sent.id, settle::NOT_SHOWN),
        });
        let mut remarks: Vec<String> =
            beside.into_iter().chain(ended.err().map(|failure| failure.to_string())).collect();
        let mut snapshot = seen.clone();
        snapshot.at = self.clock.now();
        snapshot.journal = self.journal_facts()?;
        snapshot.alma.partner = Observation::from(back);
        remarks.extend(self.altered(&plan, &snapshot));
        let whole = verify(Recipe::embedded(), &self.site, &snapshot, &StepId::ALL);
        let report = whole.of(&plan.steps);
        let results: Vec<(Change, WriteResult)> = match &sent.outcome {
            Err(WriteFailure::Refused { said, .. }) if refused => engine::plan::refusal_reason(&plan, said),
            _ => {
                let became = |change: &Change| if shown { result(change, &whole) } else { not_shown(change) };
                plan.changes.iter().map(|change| (change.clone(), became(change))).collect()
            }
        };
        failure = failure.or_else(|| self.without_key(&plan));
        if shown && failure.is_none() {
            remarks.extend(
                self.remember(&report, &snapshot.journal, CheckOccasion::ReadBack)
                    .err()
                    .map(|failure| failure.to_string()),
            );
        }
        if let Some(failure) = &mut failure
            && refused
            && failure.kind != FailureKind::Changed
        {
            failure.hints.extend(held_up(&results));
            failure.hints.push(format!(
                "enter these values by hand in Alma: last-resort --step {} --campus {}",
                plan.steps.first().map_or("partner", |step| step.as_str()),
                self.site.institution
            ));
        }
        Ok(ApplyResult { plan: plan.digest(), results, report, snapshot, remarks, failure })
    }

    /// Judges how the write ended, from Alma's answer and the record as read back.
    fn became(
        &self,
        plan: &Plan<Confirmed>,
        sent: &SentWrite,
        back: &Result<Option<PartnerRecord>, UnreadReason>,
    ) -> Became {
        let key = plan.key().map(ApiKey::fingerprint);
        let judged = |record: &Option<PartnerRecord>| {
            let write = WriteTrace { before: sent.before.as_deref(), sent: Some(&sent.image), key: key.as_ref() };
            settle::judge_with_key(&*self.journal, record.as_ref(), write)
        };
        let (outcome, failure) = match (back, &sent.outcome) {
            (back, Err(WriteFailure::Refused { failure, .. })) => match back.as_ref().ok().and_then(judged) {
                Some(WriteOutcome::Done(digest)) => return done_all_the_same(failure, digest),
                _ => (WriteOutcome::Refused(failure.what.clone()), Some(failure.clone())),
            },
            (Err(why), _) => {
                let failure = self.unknown(sent, &why.what);
                (WriteOutcome::Unknown(failure.what.clone()), Some(failure))
            }
            // Alma took it, and then does not find the record: one of these answers is wrong.
            (Ok(None), Ok(_) | Err(WriteFailure::Taken(_))) => return self.not_shown(),
            (Ok(record), Ok(answered)) => match judged(record) {
                Some(WriteOutcome::NotSeen(_)) | None if nothing_arrived(plan, record.as_ref()) => {
                    return if shows_none_of_it(plan, answered) { kept_all() } else { self.not_shown() };
                }
                Some(WriteOutcome::NotSeen(_)) if !shows_another_key(plan, record.as_ref()) => return self.not_shown(),
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
        Became { outcome: Ending::Known(outcome), failure, beside: None }
    }

    /// The end of a write that Alma says it took, while its record shows none of it. A later read settles it.
    fn not_shown(&self) -> Became {
        let campus = &self.site.institution;
        let failure = Failure::new(FailureKind::Network, format!("The write to {campus} was {}.", settle::NOT_SHOWN))
            .hint(format!("check again a little later: last-resort check partner parameters --campus {campus}"));
        Became { outcome: Ending::NotShown, failure: Some(failure), beside: None }
    }

    fn unknown(&self, sent: &SentWrite, why: &str) -> Failure {
        let came = match &sent.outcome {
            Ok(_) => "Alma accepted the write".to_owned(),
            Err(failed) => failed.failure().what.clone(),
        };
        Failure::new(
            FailureKind::Network,
            format!("{came}, and the record could not be read back: {why} The outcome of the write is unknown, and the journal says so."),
        )
        .hint(format!("check again: last-resort check partner parameters --campus {}", self.site.institution))
    }

    /// Values outside the plan that Alma lost or changed.
    fn altered(&self, plan: &Plan<Confirmed>, snapshot: &Snapshot) -> Vec<String> {
        let (Basis::Record(before), Observation::Got(after)) = (&plan.basis, &snapshot.alma.partner) else {
            return Vec::new();
        };
        let (recipe, but) = (Recipe::embedded(), plan.pointers().collect::<Vec<&str>>());
        engine::plan::differences(&before.body, &after.body, &but)
            .into_iter()
            .filter(|at| !engine::plan::is_only_described_otherwise(&before.body, &after.body, at))
            .map(|at| {
                let what = crate::text::clean(&engine::plan::display_name(recipe, &at), 300);
                format!("Also changed, outside the plan: {what} (by Alma or by someone else in the meantime). Undo reverts this too: last-resort undo --campus {}", self.site.institution)
            })
            .collect()
    }
}

/// The end of a write whose answer tells nothing, or something else than the record.
fn done_all_the_same(failure: &Failure, digest: Option<String>) -> Became {
    let said = failure.what.trim_end_matches('.');
    let beside = Some(format!("{said}; but the record now contains what was sent."));
    Became { outcome: Ending::Known(WriteOutcome::Done(digest)), failure: None, beside }
}

/// The end of a write of unclear outcome, judged from the record as it was read afterwards.
fn after_unclear(judged: Option<WriteOutcome>, failure: &Failure) -> Became {
    let (outcome, hint) = match judged {
        Some(WriteOutcome::Done(digest)) => return done_all_the_same(failure, digest),
        Some(WriteOutcome::Unknown(why)) => (WriteOutcome::Unknown(why.clone()), why),
        Some(not) => (not, "the record was read again and has not changed; apply again".to_owned()),
        // Another person's edit may be all that changed, and an undo must not take that for ours.
        None => {
            let why = "the record matches neither what it was before nor what was sent";
            (WriteOutcome::Unknown(why.to_owned()), format!("{why}; compare every value"))
        }
    };
    Became { outcome: Ending::Known(outcome), failure: Some(failure.clone().hint(hint)), beside: None }
}

/// How a write ended, as far as Alma's answer and one read tell.
enum Ending {
    Known(WriteOutcome),
    /// Alma answered that it took the write, but the record shows none of it.
    NotShown,
}

/// How a write ended, with what to say of it.
struct Became {
    outcome: Ending,
    failure: Option<Failure>,
    /// A note for the user.
    beside: Option<String>,
}

/// A write that was sent, and Alma's answer.
struct SentWrite {
    id: String,
    before: Option<String>,
    image: String,
    /// The record that Alma answered with, if it took the write.
    outcome: Result<Value, WriteFailure>,
}

impl SentWrite {
    /// Whether Alma answered with a success.
    fn was_taken(&self) -> bool {
        matches!(self.outcome, Ok(_) | Err(WriteFailure::Taken(_)))
    }
}

/// Names the values that Alma refused, if it named any, and counts those not written because of them.
fn held_up(results: &[(Change, WriteResult)]) -> Option<String> {
    let others = results.iter().filter(|(_, became)| *became == WriteResult::HeldUp).count();
    let of_alma = |change: &&Change| change.action != Action::ByHand;
    let named: Vec<&Change> = results
        .iter()
        .filter(|(_, became)| *became == WriteResult::ByHand)
        .map(|(change, _)| change)
        .filter(of_alma)
        .collect();
    let names: Vec<String> = named.iter().map(|change| format!("{} [{}]", change.label, change.key)).collect();
    (!names.is_empty()).then(|| {
        format!(
            "find out what is wrong with {}; {others} other values were not written because of it",
            names.join(" and ")
        )
    })
}

/// The id of a write, made of its time and the beginning of a digest.
pub(super) fn write_id(now: Timestamp, digest: &str) -> String {
    format!("{}-{}", now.strftime("%Y%m%dT%H%M%S%3fZ"), &digest[..8])
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
fn kept_all() -> Became {
    let why = "Alma accepted the write, but returned every value unchanged".to_owned();
    Became { outcome: Ending::Known(WriteOutcome::NotSeen(why)), failure: None, beside: None }
}

fn not_shown(change: &Change) -> WriteResult {
    if change.action == Action::ByHand { WriteResult::ByHand } else { WriteResult::NotShown }
}

fn result(change: &Change, whole: &Report) -> WriteResult {
    if change.action == Action::ByHand {
        return WriteResult::ByHand;
    }
    match whole.findings().find(|finding| finding.key == change.key).map(|finding| &finding.verdict) {
        Some(Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_)) => WriteResult::Written,
        Some(Verdict::Differs(_)) => WriteResult::Kept,
        // A refusal by Alma has results of its own.
        Some(Verdict::Absent | Verdict::Unread(_) | Verdict::Waiting(_)) | None => WriteResult::Unknown,
    }
}

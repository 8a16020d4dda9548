//! Applies a plan safely: reads the record again, refuses if it changed, journals, writes the whole record, reads it
//! back, and reports what Alma kept.
use super::attempt::{PartnerWrite, basis_digest};
use super::campus_ops::CampusOps;
use super::judged_write::{SentWrite, WriteJudgement, WriteStatus};
use super::prover::kind_of;
use super::settle;
use crate::engine;
use crate::engine::journal::{CheckOccasion, JournalEvent, Purpose, Target, Verb, WriteOutcome};
use crate::engine::judge::{Report, Snapshot, Verdict, verify};
use crate::engine::observed::{Observation, UnreadReason};
use crate::engine::plan::{Action, Basis, Change, Confirmed, Plan, WriteResult, objections};
use crate::engine::results::ApplyResult;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaWrite, IlliadRead, OutgoingRecord, WriteFailure, failed};
use crate::recipe::{Recipe, StepId};
use crate::secret::ApiKey;
use jiff::Timestamp;

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
                    "The partner {} of {} changed in Alma between the plan and the write; nothing was sent.",
                    self.partner_code(),
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
        let nothing = format!("Nothing was written to {}", self.site.institution);
        failed(kind_of(why), why.within(|words| format!("{nothing}: {}.", words.trim_end_matches('.'))))
    }

    fn nothing_sent(&self, plan: Plan<Confirmed>, seen: &Snapshot) -> ApplyResult {
        let report = verify(Recipe::embedded(), &self.site, seen, &plan.steps);
        let results = plan.changes.iter().map(|change| (change.clone(), WriteResult::ByHand)).collect();
        // A partner's code cannot be changed, so no value entered by hand can make this record the wanted one.
        let another_code =
            matches!(&plan.basis, Basis::Record(record) if record.code().unwrap_or_default() != self.partner_code());
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
        let kept = format!("The export key of {} in Alma was not changed", self.site.institution);
        Some(failed(kind_of(why), why.within(|words| format!("{kept}: {}.", words.trim_end_matches('.')))))
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
        let WriteJudgement { outcome, mut failure, beside } = self.became(&plan, &sent, &back);
        let refused = matches!(&outcome, WriteStatus::Known(WriteOutcome::Refused(_)));
        let shown = !matches!(&outcome, WriteStatus::NotShown);
        let done = matches!(&outcome, WriteStatus::Known(WriteOutcome::Done(_)));
        let unknown = matches!(&outcome, WriteStatus::Known(WriteOutcome::Unknown(_)));
        let ended = self.journal.append(match outcome {
            WriteStatus::Known(WriteOutcome::Unknown(why)) if sent.was_taken() => settle::taken(&sent.id, &why),
            WriteStatus::Known(outcome) => settle::ended(&sent.id, outcome),
            WriteStatus::NotShown => settle::taken(&sent.id, settle::NOT_SHOWN),
        });
        let mut remarks: Vec<String> =
            beside.into_iter().chain(ended.err().map(|failure| failure.to_string())).collect();
        let mut snapshot = seen.clone();
        snapshot.at = self.clock.now();
        snapshot.journal = self.journal_facts()?;
        snapshot.alma.partner = Observation::from(back);
        remarks.extend(self.altered(&plan, &snapshot, done));
        let whole = verify(Recipe::embedded(), &self.site, &snapshot, &StepId::ALL);
        let report = whole.of(&plan.steps);
        let results: Vec<(Change, WriteResult)> = match &sent.outcome {
            Err(WriteFailure::Refused { said, .. }) if refused => engine::plan::refusal_reason(&plan, said),
            _ => {
                let became = |change: &Change| match () {
                    () if change.action == Action::ByHand => WriteResult::ByHand,
                    () if unknown => WriteResult::Unknown,
                    () if shown => result(change, &whole),
                    () => WriteResult::NotShown,
                };
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
            let step = plan.steps.first().map_or("partner", |step| step.as_str());
            let card = self.site.command(&format!("--step {step}"));
            failure.hints.push(format!("enter these values by hand in Alma: {card}"));
        }
        Ok(ApplyResult { plan: plan.digest(), results, report, snapshot, remarks, failure })
    }

    /// Values outside the plan that Alma lost or changed. Undo reverts them only if the write is known to be done.
    fn altered(&self, plan: &Plan<Confirmed>, snapshot: &Snapshot, done: bool) -> Vec<String> {
        let (Basis::Record(before), Observation::Got(after)) = (&plan.basis, &snapshot.alma.partner) else {
            return Vec::new();
        };
        let (recipe, but) = (Recipe::embedded(), plan.pointers().collect::<Vec<&str>>());
        engine::plan::differences(&before.body, &after.body, &but)
            .into_iter()
            .filter(|at| !engine::plan::is_only_described_otherwise(&before.body, &after.body, at))
            .map(|at| {
                let what = crate::text::clean(&engine::plan::display_name(recipe, &at), 300);
                let told =
                    format!("Also changed, outside the plan: {what} (by Alma or by someone else in the meantime).");
                match done {
                    true => {
                        format!("{told} Undo reverts this too: {}", self.site.command("undo"))
                    }
                    false => told,
                }
            })
            .collect()
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

fn result(change: &Change, whole: &Report) -> WriteResult {
    match whole.findings().find(|finding| finding.key == change.key).map(|finding| &finding.verdict) {
        Some(Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_)) => WriteResult::Written,
        Some(Verdict::Differs(_)) => WriteResult::Kept,
        // A refusal by Alma has results of its own.
        Some(Verdict::Absent | Verdict::Unread(_) | Verdict::Waiting(_)) | None => WriteResult::Unknown,
    }
}

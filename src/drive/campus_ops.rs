//! One campus with its clients, journal, keys and clock, and the operations that only read.
use super::gather::{self, Clients, OwnKnowledge, ReadScope};
use super::settle;
use super::stop::Stop;
use crate::engine;
use crate::engine::journal::{CheckOccasion, InterruptedRotation, JournalEvent, JournalFacts, ProbeRecord, Target};
use crate::engine::judge::{Report, Snapshot, verdict_changes, verdict_news, verify};
use crate::engine::plan::{Consent, Plan};
use crate::engine::results::CheckResult;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, JournalReading, Keys};
use crate::recipe::{Recipe, StepId};
use crate::site::{Site, Stance};
use crate::text::clean;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Everything an operation needs except a writer. An operation that writes takes one as an argument.
pub struct CampusOps<A, I> {
    pub site: Site,
    /// Clients for Alma and ILLiad, which can only read.
    pub clients: Clients<A, I>,
    pub journal: Arc<dyn Journal>,
    pub keys: Arc<dyn Keys>,
    pub clock: Arc<dyn Clock>,
    /// Locked during a write. Take this lock before leaving the program.
    pub in_flight: Arc<Mutex<()>>,
}

/// The message when consent was given for another campus.
pub(super) const ANOTHER_CAMPUS: &str = "--confirm does not match the campus code; nothing was sent.";

/// What was read, before it is judged.
pub(super) struct Look {
    pub(super) snapshot: Snapshot,
    remarks: Vec<String>,
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// The code by which Alma knows our partner here.
    pub(super) fn partner_code(&self) -> String {
        engine::judge::partner_code(Recipe::embedded(), &self.site)
    }

    /// Reads everything that the steps need, and judges it.
    ///
    /// # Errors
    /// Fails when the journal cannot be read. A value that cannot be read from Alma or ILLiad is a verdict, not an
    /// error.
    pub async fn check(&self, steps: &[StepId]) -> Result<CheckResult, Failure> {
        self.check_with(steps, |snapshot| snapshot).await
    }

    /// Like [`CampusOps::check`], but judges the snapshot that `merge` returns, for example one merged with an earlier
    /// snapshot.
    pub async fn check_with(
        &self,
        steps: &[StepId],
        merge: impl FnOnce(Snapshot) -> Snapshot,
    ) -> Result<CheckResult, Failure> {
        let Look { snapshot, mut remarks } = self.look(ReadScope::check(steps)).await?;
        let snapshot = merge(snapshot);
        let report = verify(Recipe::embedded(), &self.site, &snapshot, steps);
        remarks.extend(check_remarks(&self.site, &report, &snapshot.journal));
        remarks.extend(
            self.remember(&report, &snapshot.journal, CheckOccasion::Request).err().map(|failure| failure.to_string()),
        );
        let changed = verdict_changes(&report, &snapshot.journal.past);
        Ok(CheckResult { snapshot, report, changed, remarks })
    }

    /// Plans the changes that bring the steps to what the procedure wants. Also reads other partners, to learn
    /// identifiers from them.
    pub async fn plan(&self, steps: &[StepId]) -> Result<(Plan, CheckResult), Failure> {
        let Look { snapshot, mut remarks } = self.look(ReadScope::plan(steps)).await?;
        let (plan, report) = self.plan_from(&snapshot, steps);
        remarks.extend(check_remarks(&self.site, &report, &snapshot.journal));
        let changed = Vec::new();
        Ok((plan, CheckResult { snapshot, report, changed, remarks }))
    }

    /// Plans from a snapshot without reading anything. Also returns the report on these steps.
    pub fn plan_from(&self, snapshot: &Snapshot, steps: &[StepId]) -> (Plan, Report) {
        let recipe = Recipe::embedded();
        let whole = verify(recipe, &self.site, snapshot, &StepId::ALL);
        (engine::plan::plan(recipe, &self.site, snapshot, &whole, steps), whole.of(steps))
    }

    pub(super) async fn look(&self, scope: ReadScope) -> Result<Look, Failure> {
        let journal = self.journal.read()?;
        let known = gather::known(self.facts_in(&journal), &*self.keys);
        // Asked before Alma is read: if the other process has ended by now, the reads below show what it wrote.
        let written_elsewhere = self.journal.written_elsewhere();
        let mut snapshot = gather::gather(&self.site, &self.clients, known, scope, &*self.clock).await;
        let mut remarks = Vec::new();
        if written_elsewhere {
            remarks.extend(settle::on_its_way(&self.site, &snapshot.journal));
        } else {
            if let Some(settled) = settle::settle(&self.site, &snapshot, &*self.journal) {
                remarks.push(settled);
                snapshot.journal = self.journal_facts()?;
            }
            remarks.extend(ahead(&snapshot.journal));
            remarks.extend(stance_edited(&self.site, &snapshot.journal));
            remarks.extend(self.left_over(&snapshot.journal));
            let stopped = self.stopped_rotation(&snapshot.journal).filter(InterruptedRotation::matters);
            remarks.extend(stopped.map(|stopped| stopped.words(&self.site)));
        }
        Ok(Look { snapshot, remarks })
    }

    /// Notes in the journal that these steps were checked, and each verdict that is another one than before.
    pub(super) fn remember(
        &self,
        report: &Report,
        before: &JournalFacts,
        occasion: CheckOccasion,
    ) -> Result<(), Failure> {
        self.journal.append(JournalEvent::Checked {
            state: report.state().to_string(),
            target: Some(Target::of(&self.site)),
            steps: report.steps.iter().map(|step| step.id).collect(),
            verdicts: verdict_news(report, &before.past),
            occasion,
        })
    }

    /// Refuses a consent given for another campus.
    ///
    /// # Errors
    /// Fails as wrong usage when the consent names another campus.
    pub fn consented(&self, consent: &Consent) -> Result<(), Failure> {
        match consent.is_for(&self.site.institution) {
            true => Ok(()),
            false => Err(Failure::new(FailureKind::Usage, ANOTHER_CAMPUS)),
        }
    }

    /// Says which test requests an interrupted proof may have left, here and elsewhere.
    fn left_over(&self, journal: &JournalFacts) -> Vec<String> {
        let (elsewhere, here): (Vec<_>, Vec<_>) =
            journal.leftover_probes().into_iter().partition(|one| !one.is_left_here() && one.is_left_elsewhere());
        let mut told = Vec::new();
        if !here.is_empty() {
            told.push(format!(
                "An interrupted proof may have left {}; to cancel it: {}",
                names(&here),
                self.site.confirmed("prove --clean")
            ));
        }
        if !elsewhere.is_empty() {
            told.push(format!(
                "An interrupted proof may have left {}. The campus file no longer points there, so last-resort leaves it alone; cancel it there by hand.",
                names(&elsewhere)
            ));
        }
        told
    }

    /// Awaits a proof, which is boxed because it nests many futures. If the user does not wait for the cancelling either, breaks it off.
    ///
    /// # Errors
    /// As the proof does, or because it was broken off: then the failure names the test requests that may be left.
    pub async fn unless_left<T>(
        &self,
        stop: &Stop,
        proof: Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + '_>>,
    ) -> Result<T, Failure> {
        tokio::select! {
            biased;
            ended = proof => ended,
            () = stop.leaving() => Err(self.left_as_it_is()),
        }
    }

    fn left_as_it_is(&self) -> Failure {
        let failure = |what: String| Failure::new(FailureKind::Interrupted, what);
        let how = format!("to cancel what is left: {}", self.site.confirmed("prove --clean"));
        match self.journal_facts().map(|journal| journal.leftover_probes()) {
            Err(unread) => {
                failure(format!("It is not known which test requests are left. {}", unread.plain())).hint(how)
            }
            Ok(left) if left.is_empty() => failure("No test request is left.".to_owned()),
            Ok(left) => failure(format!("Not confirmed as cancelled: {}.", names(&left))).hint(how),
        }
    }

    /// A snapshot without reading Alma or ILLiad: only the journal and the keys. Used for value cards and sign-offs.
    pub fn snapshot_without_reads(&self) -> Result<Snapshot, Failure> {
        Ok(self.before_any_read(gather::known(self.journal_facts()?, &*self.keys)))
    }

    /// A snapshot without reading anything, not even the journal. Used when the journal cannot be read.
    pub fn empty_snapshot(&self) -> Snapshot {
        self.before_any_read(OwnKnowledge::nothing())
    }

    fn before_any_read(&self, known: OwnKnowledge) -> Snapshot {
        Snapshot {
            at: self.clock.now(),
            alma: engine::observed::AlmaObservations::default(),
            illiad: engine::observed::IlliadObservations::default(),
            patrons: Vec::new(),
            journal: known.journal,
            keys: known.keys,
            proxies: BTreeMap::new(),
        }
    }

    /// Folds the journal as it is now. Call this again after writing to the journal and before judging.
    pub fn journal_facts(&self) -> Result<JournalFacts, Failure> {
        Ok(self.facts_in(&self.journal.read()?))
    }

    /// Folds the journal as it was read.
    pub(super) fn facts_in(&self, journal: &JournalReading) -> JournalFacts {
        let facts = JournalFacts::fold(&journal.lines, &Target::of(&self.site), self.clock.now());
        JournalFacts { unreadable: journal.unreadable.clone(), ..facts }
    }
}

fn names(left: &[ProbeRecord]) -> String {
    left.iter().map(ProbeRecord::name).collect::<Vec<_>>().join(" and ")
}

/// A note where the stance in the campus file is not the one that was last set with `golive`.
fn stance_edited(site: &Site, journal: &JournalFacts) -> Option<String> {
    let last = journal.milestones.undone_by_hand(site.stance)?;
    let now = site.stance.as_str();
    let before = match site.stance {
        Stance::Ahead => Stance::Live,
        Stance::Live => Stance::Ahead,
    };
    Some(format!(
        "The campus file says {now}, but {by} set {campus} ({environment}) to {before} on {on} with golive. Was the file edited by hand?",
        by = clean(&last.by, 60),
        campus = site.institution,
        environment = site.environment.as_str(),
        before = before.as_str(),
        on = last.at.strftime("%Y-%m-%d")
    ))
}

/// A note on entries with a time in the future, which count for nothing.
fn ahead(journal: &JournalFacts) -> Option<String> {
    let last = journal.ahead.last()?;
    let others = match journal.ahead.len() {
        1 => String::new(),
        more => format!(" ({more} journal entries in all)"),
    };
    let words = last.words();
    let first = words.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let rest = words.get(1..).unwrap_or_default();
    Some(format!("{first}{rest}{others}. Check the clock of this computer and of the one that wrote it."))
}

/// Notes to show with a report: values that should agree but do not, and journal lines that cannot be read, because a
/// sign-off in them would seem never to have been given.
fn check_remarks(site: &Site, report: &Report, journal: &JournalFacts) -> Vec<String> {
    let mut remarks = engine::card::broken_ties(Recipe::embedded(), report);
    remarks.extend(engine::agreement::remarks(Recipe::embedded(), site));
    remarks.extend(engine::journal::unreadable_words(&journal.unreadable));
    remarks
}

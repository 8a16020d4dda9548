//! One campus with its clients, journal, keys and clock, and the operations that only read.
use super::gather;
use super::gather::{Clients, OwnKnowledge, ReadScope};
use super::settle;
use crate::engine;
use crate::engine::journal::{InterruptedRotation, JournalEvent, JournalFacts, Target};
use crate::engine::judge::{Report, Snapshot, verify};
use crate::engine::plan::{Consent, Plan};
use crate::engine::results::CheckResult;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, Keys};
use crate::recipe::{Recipe, StepId};
use crate::site::Site;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Everything a verb needs. It holds no writer: who is to write brings one.
pub struct CampusOps<A, I> {
    /// The campus.
    pub site: Site,
    /// Alma and ILLiad, for reading.
    pub clients: Clients<A, I>,
    /// What was done.
    pub journal: Arc<dyn Journal>,
    /// Keys.
    pub keys: Arc<dyn Keys>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Locked during a write. To leave the program, take this lock first.
    pub in_flight: Arc<Mutex<()>>,
}

/// Said where consent was given for another campus.
pub(super) const ANOTHER_CAMPUS: &str = "--confirm does not name the campus; nothing was sent.";

/// What was read, before it is judged.
pub(super) struct Look {
    pub(super) snapshot: Snapshot,
    pub(super) remarks: Vec<String>,
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Reads and judges.
    ///
    /// # Errors
    /// The journal cannot be read. What cannot be read of Alma or ILLiad is a verdict, not an error.
    pub async fn check(&self, steps: &[StepId]) -> Result<CheckResult, Failure> {
        self.check_with(steps, |snapshot| snapshot).await
    }

    /// The same, judged on what `merge` makes of what was read: laid over what was read before, for instance.
    ///
    /// # Errors
    /// As [`CampusOps::check`].
    pub async fn check_with(
        &self,
        steps: &[StepId],
        merge: impl FnOnce(Snapshot) -> Snapshot,
    ) -> Result<CheckResult, Failure> {
        let Look { snapshot, mut remarks } = self.look(ReadScope::check(steps)).await?;
        let snapshot = merge(snapshot);
        let report = verify(Recipe::embedded(), &self.site, &snapshot, steps);
        remarks.extend(self.beside(&report)?);
        if let Err(failure) = self.journal.append(JournalEvent::Checked { state: report.state().to_string() }) {
            remarks.push(failure.to_string());
        }
        Ok(CheckResult { snapshot, report, remarks })
    }

    /// Plans what would bring the steps to what the procedure wants. Reads more than a check: other partners, to learn identifiers.
    ///
    /// # Errors
    /// As [`CampusOps::check`].
    pub async fn plan(&self, steps: &[StepId]) -> Result<(Plan, CheckResult), Failure> {
        let Look { snapshot, mut remarks } = self.look(ReadScope::check(steps).and(ReadScope::plan())).await?;
        let (plan, report) = self.plan_from(&snapshot, steps);
        remarks.extend(self.beside(&report)?);
        Ok((plan, CheckResult { snapshot, report, remarks }))
    }

    /// Plans from what was already seen; gives these steps, judged, as well.
    #[must_use]
    pub fn plan_from(&self, snapshot: &Snapshot, steps: &[StepId]) -> (Plan, Report) {
        let recipe = Recipe::embedded();
        let whole = verify(recipe, &self.site, snapshot, &StepId::ALL);
        (engine::plan::plan(recipe, &self.site, snapshot, &whole, steps), whole.of(steps))
    }

    pub(super) async fn look(&self, scope: ReadScope) -> Result<Look, Failure> {
        let known = self.known()?;
        // Asked before anything is read of Alma: what a process that has ended by now wrote is in what is read below.
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
            remarks.extend(self.left_over(&snapshot.journal));
            let stopped = self.stopped_rotation(&snapshot.journal).filter(InterruptedRotation::matters);
            remarks.extend(stopped.map(|stopped| stopped.words(&self.site)));
        }
        Ok(Look { snapshot, remarks })
    }

    /// What is worth saying beside a report: ties broken, a damaged journal.
    fn beside(&self, report: &Report) -> Result<Vec<String>, Failure> {
        let mut remarks = engine::card::broken_ties(Recipe::embedded(), report);
        remarks.extend(self.damage()?);
        Ok(remarks)
    }

    /// Refuses a consent given for another campus.
    ///
    /// # Errors
    /// It was.
    pub fn consented(&self, consent: &Consent) -> Result<(), Failure> {
        match consent.is_for(&self.site.institution) {
            true => Ok(()),
            false => Err(Failure::new(FailureKind::Usage, ANOTHER_CAMPUS)),
        }
    }

    /// What an interrupted proof may have left, in words.
    fn left_over(&self, journal: &JournalFacts) -> Option<String> {
        let left: Vec<String> = journal.leftover_probes().iter().map(engine::journal::ProbeRecord::name).collect();
        let campus = &self.site.institution;
        (!left.is_empty()).then(|| {
            format!(
                "An interrupted proof may have left {}; to cancel it: last-resort prove --clean --campus {campus} --confirm {campus}",
                left.join(" and ")
            )
        })
    }

    /// A word about lines of the journal that cannot be read: a sign-off in them would look as if it had never been given.
    fn damage(&self) -> Result<Option<String>, Failure> {
        Ok(match self.journal.damaged()? {
            0 => None,
            1 => Some("1 line of the journal is damaged or was cut off; what it said is not known.".to_owned()),
            n => Some(format!("{n} lines of the journal are damaged or were cut off; what they said is not known.")),
        })
    }

    /// What is known without asking anybody: words and keys. For value cards and sign-offs.
    ///
    /// # Errors
    /// The journal is there but cannot be read.
    pub fn unseen(&self) -> Result<Snapshot, Failure> {
        Ok(self.before_any_read(self.known()?))
    }

    /// What is known without asking anybody and without the journal, where that cannot be read.
    #[must_use]
    pub fn unremembered(&self) -> Snapshot {
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
        }
    }

    /// What this program itself knows.
    ///
    /// # Errors
    /// The journal is there but cannot be read.
    pub(super) fn known(&self) -> Result<OwnKnowledge, Failure> {
        Ok(gather::known(self.journal_facts()?, &*self.keys))
    }

    /// What the journal says now. Call this again after writing to the journal, before judging.
    ///
    /// # Errors
    /// The journal is there but cannot be read.
    pub fn journal_facts(&self) -> Result<JournalFacts, Failure> {
        Ok(JournalFacts::fold(&self.journal.read()?, &Target::of(&self.site)))
    }
}

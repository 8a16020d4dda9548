//! One campus on the bench: its clients, journal, keys and clock, and the reading verbs.
use super::gather;
use super::gather::{Clients, OwnKnowledge, ReadScope};
use super::settle;
use crate::engine;
use crate::engine::journal::{InterruptedRotation, JournalEvent};
use crate::engine::judge::{Report, Snapshot, verify};
use crate::engine::plan::Plan;
use crate::failure::Failure;
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, Keys};
use crate::recipe::{Recipe, StepId};
use crate::site::Site;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Everything a verb needs. It holds no writer: who is to write brings one.
#[derive(Debug)]
pub struct Bench<A, I, J, K, C> {
    /// The campus.
    pub site: Site,
    /// Alma and ILLiad, for reading.
    pub clients: Clients<A, I>,
    /// What was done.
    pub journal: J,
    /// Keys.
    pub keys: K,
    /// The time.
    pub clock: C,
    /// Held while a write is on its way; whoever wants to leave takes it first.
    pub in_flight: Arc<Mutex<()>>,
}

/// What was seen and what it amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Seen.
    pub snapshot: Snapshot,
    /// Judged, for the steps asked about.
    pub report: Report,
    /// Things worth saying beside it: ties broken, an earlier write's outcome found out, a journal that cannot be written.
    pub remarks: Vec<String>,
}

impl<A: AlmaRead, I: IlliadRead, J: Journal, K: Keys, C: Clock> Bench<A, I, J, K, C> {
    /// Reads and judges.
    ///
    /// # Errors
    /// The journal cannot be read. What cannot be read of Alma or ILLiad is a verdict, not an error.
    pub async fn check(&self, steps: &[StepId]) -> Result<Looked, Failure> {
        let looked = self.look(steps, ReadScope::check(steps)).await?;
        let state = looked.report.state().to_string();
        let mut looked = looked;
        if let Err(failure) = self.journal.append(JournalEvent::Checked { state }) {
            looked.remarks.push(failure.to_string());
        }
        Ok(looked)
    }

    /// Plans what would bring the steps to what the procedure wants. Reads more than a check: other partners, to learn identifiers.
    ///
    /// # Errors
    /// As [`Bench::check`].
    pub async fn plan(&self, steps: &[StepId]) -> Result<(Plan, Looked), Failure> {
        let looked = self.look(steps, ReadScope::check(steps).and(ReadScope::plan())).await?;
        Ok((self.plan_from(&looked.snapshot, steps), looked))
    }

    /// Plans from what was already seen.
    #[must_use]
    pub fn plan_from(&self, snapshot: &Snapshot, steps: &[StepId]) -> Plan {
        let recipe = Recipe::embedded();
        let whole = verify(recipe, &self.site, snapshot, &StepId::ALL);
        engine::plan::plan(recipe, &self.site, snapshot, &whole, steps)
    }

    pub(super) async fn look(&self, steps: &[StepId], scope: ReadScope) -> Result<Looked, Failure> {
        let recipe = Recipe::embedded();
        let mut known = self.known()?;
        // Asked before anything is read of Alma: what a process that has ended by now wrote is in what is read below.
        let written_elsewhere = self.journal.written_elsewhere();
        let mut snapshot = gather::gather(&self.site, &self.clients, &known, scope, &self.clock).await;
        let mut remarks = Vec::new();
        if written_elsewhere {
            remarks.extend(settle::on_its_way(&self.site, &known.lines));
        } else if let Some(settled) = settle::settle(&self.site, &snapshot, &known.lines, &self.journal) {
            remarks.push(settled);
            known = self.known()?;
            snapshot.key_written = engine::journal::key_write(&known.lines, self.site.environment);
            snapshot.proofs = engine::journal::proofs(&known.lines);
        }
        if !written_elsewhere {
            remarks.extend(self.left_over(&known.lines));
        }
        if !written_elsewhere {
            remarks.extend(
                self.stopped_rotation(&known.lines).filter(InterruptedRotation::matters).map(|s| s.words(&self.site)),
            );
        }
        let report = verify(recipe, &self.site, &snapshot, steps);
        remarks.extend(engine::card::broken_ties(recipe, &report));
        remarks.extend(self.damage()?);
        Ok(Looked { snapshot, report, remarks })
    }

    /// What an interrupted proof may have left, in words.
    fn left_over(&self, lines: &[engine::journal::JournalEntry]) -> Option<String> {
        let left: Vec<String> = engine::journal::leftover_probes(lines, self.site.environment)
            .iter()
            .map(engine::journal::ProbeRecord::name)
            .collect();
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
            said: engine::journal::sign_offs(&known.lines, &engine::journal::Target::of(&self.site)),
            voided: engine::journal::voided_sign_offs(&known.lines, &engine::journal::Target::of(&self.site)),
            shown: engine::journal::evidence(&known.lines, &engine::journal::Target::of(&self.site)),
            key_written: engine::journal::key_write(&known.lines, self.site.environment),
            proofs: engine::journal::proofs(&known.lines),
            export_key: known.export_key,
            other_keys: known.other_keys,
        }
    }

    /// What this program itself knows.
    ///
    /// # Errors
    /// The journal is there but cannot be read.
    pub(super) fn known(&self) -> Result<OwnKnowledge, Failure> {
        gather::known(&self.journal, &self.keys)
    }
}

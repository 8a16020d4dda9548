//! Writes a new export key to Alma's partner like any other change: planned, confirmed, read again, journaled, written,
//! read back.
use super::campus_ops::{ANOTHER_CAMPUS, CampusOps};
use super::gather::ReadScope;
use crate::engine;
use crate::engine::journal::{InterruptedRotation, JournalFacts, Purpose};
use crate::engine::judge::{Finding, Verdict};
use crate::engine::plan::{Basis, Consent, WriteResult};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaWrite, IlliadRead, KeyOrigin, Keys, StoreInUse};
use crate::recipe::{KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use std::sync::Arc;

/// The stored keys with one slot replaced, as they will be after the rotation. What is stored does not change.
pub struct RotationOptions {
    pub stored: Arc<dyn Keys>,
    /// The slot that is replaced.
    pub slot: KeySlot,
    /// The new key in that slot.
    pub key: ApiKey,
}

impl Keys for RotationOptions {
    fn get(&self, slot: KeySlot) -> Result<Option<(ApiKey, KeyOrigin)>, Failure> {
        if slot == self.slot { Ok(Some((self.key.clone(), KeyOrigin::ThisRun))) } else { self.stored.get(slot) }
    }

    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        self.stored.set(slot, key)
    }

    fn forget(&self, slot: KeySlot) -> Result<bool, Failure> {
        self.stored.forget(slot)
    }

    fn store(&self) -> StoreInUse {
        self.stored.store()
    }
}

/// How Alma got the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyInAlma {
    /// Written now and read back. Holds notes for the user.
    Written(Vec<String>),
    /// Accepted now by an Alma that does not show keys. Holds notes for the user.
    Taken(Vec<String>),
    /// Alma had this key before.
    Already,
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Writes the export key of this campus to Alma's partner, and nothing else.
    ///
    /// # Errors
    /// Fails when nothing was written, or when the outcome is unknown. The failure says which.
    pub async fn key_into_alma<W: AlmaWrite>(&self, writer: &W, consent: &Consent) -> Result<KeyInAlma, Failure> {
        // ILLiad is not read, because the new key was tried there already and nothing else is written.
        let steps = [StepId::Partner, StepId::Parameters];
        let looked = self.look(ReadScope::check(&steps)).await?;
        let plan = engine::plan::plan_key(Recipe::embedded(), &self.site, &looked.snapshot);
        if plan.basis == Basis::NoRecord {
            return Err(Failure::new(
                FailureKind::Refused,
                format!(
                    "Alma has no partner {} at {} yet, so no key is in use there.",
                    self.partner_code(),
                    self.site.institution
                ),
            )
            .hint(format!("store the key: {}", self.site.command("keys set"))));
        }
        let readable = matches!(plan.basis, Basis::Record(_));
        if readable && plan.due().next().is_none() && plan.obstacles.is_empty() {
            return Ok(KeyInAlma::Already);
        }
        let plan = plan.confirm(consent).map_err(|_| Failure::new(FailureKind::Usage, ANOTHER_CAMPUS))?;
        let applied = self.apply_for(writer, plan, &looked.snapshot, Purpose::Rotate).await?;
        if let Some(failure) = applied.failure {
            return Err(applied.remarks.into_iter().fold(failure, Failure::hint));
        }
        match applied.results.first() {
            Some((change, WriteResult::Written)) => {
                let read = |one: &&Finding| one.key == change.key && matches!(one.verdict, Verdict::Same(_));
                let shown = applied.report.findings().any(|one| read(&one));
                Ok(if shown { KeyInAlma::Written(applied.remarks) } else { KeyInAlma::Taken(applied.remarks) })
            }
            _ => Err(Failure::new(
                FailureKind::Refused,
                format!("Alma accepted the write, but the partner {} does not have the new key.", self.partner_code()),
            )
            .hint(format!("check it: {}", self.site.command("check parameters")))),
        }
    }

    /// Where an earlier rotation stopped, if one did.
    pub fn stopped_rotation(&self, journal: &JournalFacts) -> Option<InterruptedRotation> {
        journal.rotations.stopped(|slot| self.keys.get(slot).ok().flatten().map(|(key, _)| key.fingerprint()))
    }
}

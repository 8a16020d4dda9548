//! What a person showed, into the journal.
use super::campus_ops::CampusOps;
use crate::engine::journal::{EvidenceSource, ExportedList, JournalEvent, Target};
use crate::engine::judge::verify;
use crate::engine::paste::PasteTarget;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::text::key_like;
use std::collections::BTreeMap;

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// The fields of a step and what is wanted there; nobody is asked.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn asked(&self, step: StepId) -> Result<Vec<PasteTarget>, Failure> {
        let recipe = Recipe::embedded();
        let report = verify(recipe, &self.site, &self.unseen()?, &[step]);
        Ok(report
            .step(step)
            .map(|step| crate::engine::paste::paste_targets(recipe, &step.findings))
            .unwrap_or_default())
    }

    /// Records what was shown; gives it as it was recorded.
    ///
    /// # Errors
    /// One of the values is a key, or looks like one, which must not stand in a file; or the journal cannot be written.
    pub fn show(
        &self,
        source: EvidenceSource,
        mut fields: BTreeMap<FieldKey, String>,
        lists: BTreeMap<ExportedList, Vec<String>>,
    ) -> Result<BTreeMap<FieldKey, String>, Failure> {
        if let Some((key, what)) = fields.iter().find_map(|(key, got)| Some((key, self.key_in(got)?))) {
            return Err(Failure::new(
                FailureKind::Refused,
                format!("In what is shown as {key} stands {what}; nothing was recorded, so that it stands in no file."),
            )
            .hint("copy the value itself off the screen"));
        }
        for got in fields.values_mut() {
            *got = got.chars().take(MOST_CHARACTERS).collect();
        }
        let target = Target::of(&self.site);
        self.journal.append(JournalEvent::Shown { target, source, fields: fields.clone(), lists })?;
        Ok(fields)
    }

    /// What stands in a text, if it is a key: one of this campus, or another's by its looks.
    pub(super) fn key_in(&self, text: &str) -> Option<String> {
        let known = self.slot_of(text).map(|slot| format!("this campus's {} key", slot.as_str()));
        known.or_else(|| key_like(text).next().map(|_| "what looks like a key".to_owned()))
    }

    /// The slot of a key that stands in a text, if one does.
    fn slot_of(&self, text: &str) -> Option<KeySlot> {
        // A short one is only found where it is all of the text.
        let whole = ApiKey::parse(text.trim().to_owned()).ok();
        KeySlot::ALL.into_iter().find(|slot| {
            let stored = self.keys.get(*slot).ok().flatten();
            stored.is_some_and(|(key, _)| key.stands_in(text) || whole.as_ref().is_some_and(|it| key.same_as(it)))
        })
    }
}

/// Characters of a value that are kept; none of the procedure's has a tenth of it.
const MOST_CHARACTERS: usize = 2000;

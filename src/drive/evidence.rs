//! Writes evidence from people to the journal.
use super::campus_ops::CampusOps;
use crate::engine::journal::{EvidenceSource, ExportedList, JournalEvent, RowsBeside, Target};
use crate::engine::judge::verify;
use crate::engine::paste::PasteTarget;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::text::key_like;
use std::collections::BTreeMap;

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// The fields of a step with the values wanted, without reading Alma or ILLiad.
    pub fn asked(&self, step: StepId) -> Result<Vec<PasteTarget>, Failure> {
        let recipe = Recipe::embedded();
        let report = verify(recipe, &self.site, &self.unseen()?, &[step]);
        Ok(report
            .step(step)
            .map(|step| crate::engine::paste::paste_targets(recipe, &step.findings))
            .unwrap_or_default())
    }

    /// Records evidence. Returns the values as recorded.
    ///
    /// # Errors
    /// Fails when a value is a key or looks like one, because keys must not get into a file, or when the journal cannot
    /// be written.
    pub fn show(
        &self,
        source: EvidenceSource,
        mut fields: BTreeMap<FieldKey, String>,
        lists: BTreeMap<ExportedList, RowsBeside>,
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
        let asked = lists.iter().filter(|(_, beside)| !beside.neighbours.is_empty());
        let neighbours = asked.map(|(list, beside)| (*list, beside.neighbours.clone())).collect();
        let lists = lists.into_iter().map(|(list, beside)| (list, beside.troubles)).collect();
        self.journal.append(JournalEvent::Shown { target, source, fields: fields.clone(), lists, neighbours })?;
        Ok(fields)
    }

    /// Describes the key in a text, if there is one: a key of this campus, or a word that looks like a key.
    pub(super) fn key_in(&self, text: &str) -> Option<String> {
        let known = self.slot_of(text).map(|slot| format!("this campus's {} key", slot.as_str()));
        known.or_else(|| key_like(text).next().map(|_| "what looks like a key".to_owned()))
    }

    /// The slot of the stored key that the text contains, if any.
    fn slot_of(&self, text: &str) -> Option<KeySlot> {
        // A short key is found only if it is the whole text, because it may occur in other words by chance.
        let whole = ApiKey::parse(text.trim().to_owned()).ok();
        KeySlot::ALL.into_iter().find(|slot| {
            let stored = self.keys.get(*slot).ok().flatten();
            stored.is_some_and(|(key, _)| key.stands_in(text) || whole.as_ref().is_some_and(|it| key.same_as(it)))
        })
    }
}

/// The most characters kept of a value. The procedure's values are at most a tenth as long.
const MOST_CHARACTERS: usize = 2000;

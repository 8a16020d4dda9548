//! What a person showed, into the journal.
use super::bench::Bench;
use crate::engine::lint::{self, Asked};
use crate::engine::{Entry, List, Source, Target, verify};
use crate::failure::{Failure, Kind};
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, Keys};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use std::collections::BTreeMap;

impl<A: AlmaRead, I: IlliadRead, J: Journal, K: Keys, C: Clock> Bench<A, I, J, K, C> {
    /// The fields of a step and what is wanted there; nobody is asked.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn asked(&self, step: StepId) -> Result<Vec<Asked>, Failure> {
        let recipe = Recipe::embedded();
        let report = verify(recipe, &self.site, &self.unseen()?, &[step]);
        Ok(report.step(step).map(|step| lint::asked(recipe, &step.findings)).unwrap_or_default())
    }

    /// Records what was shown.
    ///
    /// # Errors
    /// One of the values is a key of this campus, which must not stand in a file; or the journal cannot be written.
    pub fn show(
        &self,
        source: Source,
        mut fields: BTreeMap<FieldKey, String>,
        lists: BTreeMap<List, Vec<String>>,
    ) -> Result<(), Failure> {
        if let Some((key, slot)) = fields.iter().find_map(|(key, got)| Some((key, self.slot_of(got)?))) {
            let (what, slot) = ("nothing was recorded, so that it stands in no file", slot.as_str());
            return Err(Failure::new(
                Kind::Refused,
                format!("In what is shown as {key} stands this campus's {slot} key; {what}."),
            )
            .hint("copy the value itself off the screen"));
        }
        for got in fields.values_mut() {
            *got = got.chars().take(MOST_CHARACTERS).collect();
        }
        self.journal.append(Entry::Shown { target: Target::of(&self.site), source, fields, lists })
    }

    /// The slot of a key that stands in a text, if one does.
    pub(super) fn slot_of(&self, text: &str) -> Option<KeySlot> {
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

//! What a person showed, into the journal.
use super::bench::Bench;
use crate::engine::lint::{self, Asked};
use crate::engine::{Entry, List, Source, verify};
use crate::failure::Failure;
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, Keys};
use crate::recipe::{Channel, Expectation, FieldKey, Recipe, StepId};
use std::collections::BTreeMap;

/// Whether a value counts when a person shows it: it stands on a screen only, and is no key.
#[must_use]
pub fn may_be_shown(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe
        .field(key)
        .is_some_and(|field| field.channel == Channel::Screen && !matches!(field.want, Expectation::Secret(_)))
}

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

    /// Records what was shown; values that an API reads, and keys, are left out.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn show(
        &self,
        source: Source,
        mut fields: BTreeMap<FieldKey, String>,
        lists: BTreeMap<List, Vec<String>>,
    ) -> Result<(), Failure> {
        fields.retain(|key, _| may_be_shown(Recipe::embedded(), key));
        self.journal.append(Entry::Shown { source, fields, lists })
    }
}

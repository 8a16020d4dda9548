//! Which write of ours an undo would take back.
use super::entry::{JournalEntry, JournalEvent, Purpose, Verb, WriteOutcome};
use super::sign_offs::ends_with_record;
use super::writes::key_write;
use crate::recipe::{Expectation, FieldKey, Recipe, StepId};
use crate::secret::Fingerprint;
use crate::site::Environment;
use crate::text::clean;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What a write of ours was: enough for a person to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteSummary {
    /// When it was sent.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// How it was written.
    pub verb: Verb,
    /// How many values it brought.
    pub values: usize,
}

impl WriteSummary {
    /// In words, with the time as it is shown there.
    #[must_use]
    pub fn words(&self, time: &str) -> String {
        let values = if self.values == 1 { "1 value".to_owned() } else { format!("{} values", self.values) };
        let did = match self.verb {
            Verb::Create => format!("it created the record, with {values}"),
            Verb::Replace => format!("it changed {values}"),
            Verb::Delete => "it deleted the record".to_owned(),
        };
        format!("the write of {time} by {}: {did}", clean(&self.by, 60))
    }
}

/// The last apply that was done and not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastApply {
    /// Names it.
    pub id: String,
    /// What it was.
    pub written: WriteSummary,
    /// The record before: an image's name; none where there was no record.
    pub before: Option<String>,
    /// The digest of the record it left.
    pub digest: Option<String>,
    /// What it did to the export key.
    pub key: KeyAfterUndo,
}

/// Whether an undo has anything of ours to take back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum UndoState {
    /// Nothing of ours stands in the journal, or all of it was undone.
    #[default]
    Nothing,
    /// The last apply.
    LastApply(WriteSummary),
}

/// The last apply in an environment that was done and not undone.
pub(crate) fn last_apply(lines: &[JournalEntry], now: Environment) -> Option<LastApply> {
    let done = |id: &str| {
        lines.iter().rev().find_map(|line| match &line.entry {
            JournalEvent::WriteEnded { id: ended, outcome: WriteOutcome::Done(digest) } if ended == id => {
                Some(digest.clone())
            }
            _ => None,
        })
    };
    let undone = |id: &str| {
        lines.iter().any(|line| match &line.entry {
            JournalEvent::WriteBegun { id: undo, purpose: Purpose::Undo(of), .. } => of == id && done(undo).is_some(),
            _ => false,
        })
    };
    lines.iter().enumerate().rev().find_map(|(at, line)| match &line.entry {
        JournalEvent::WriteBegun { id, verb, purpose: Purpose::Apply, environment, before, fields, key, .. }
            if *environment == now && !undone(id) =>
        {
            let written = WriteSummary { at: line.at, by: line.by.clone(), verb: *verb, values: fields.len() };
            let key = key_after_undo(&lines[..at], now, fields, key.as_ref());
            done(id).map(|digest| LastApply { id: id.clone(), written, before: before.clone(), digest, key })
        }
        _ => None,
    })
}

/// Of these values those whose sign-off ends with the partner's record, step by step: `Rota template (5 values)`.
#[must_use]
pub fn sign_offs_that_end<'a>(recipe: &Recipe, signed: impl Iterator<Item = &'a FieldKey>) -> Option<String> {
    let mut steps: BTreeMap<StepId, usize> = BTreeMap::new();
    for step in signed.filter(|key| ends_with_record(key)).filter_map(FieldKey::step) {
        *steps.entry(step).or_default() += 1;
    }
    let told = steps.into_iter().map(|(step, n)| {
        let values = if n == 1 { "1 value".to_owned() } else { format!("{n} values") };
        format!("{} ({values})", recipe.step(step).title)
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// What a write did to the export key, which no undo takes back: the key before is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAfterUndo {
    /// It sent back the one that was there.
    Kept,
    /// It set another one, or one of which nobody knew whether it was there already.
    Set,
}

/// What a write of these fields with this key did to the export key, after these lines.
fn key_after_undo(
    before: &[JournalEntry],
    now: Environment,
    fields: &[FieldKey],
    key: Option<&Fingerprint>,
) -> KeyAfterUndo {
    let secret = |key: &FieldKey| {
        Recipe::embedded().field(key).is_some_and(|field| matches!(field.want, Expectation::Secret(_)))
    };
    let before = key_write(before, now).map(|written| written.fingerprint);
    if fields.iter().any(secret) && before.as_ref() != key { KeyAfterUndo::Set } else { KeyAfterUndo::Kept }
}

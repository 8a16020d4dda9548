//! Finds the write of ours that an undo would take back.
use super::entry::{JournalEntry, JournalEvent, Purpose, Verb, WriteOutcome};
use super::sign_offs::ends_with_record;
use super::writes::{key_write, outcomes};
use crate::recipe::{Expectation, FieldKey, Recipe, StepId};
use crate::secret::Fingerprint;
use crate::site::Environment;
use crate::text::clean;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Enough about one of our writes for a person to recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteSummary {
    pub at: Timestamp,
    pub by: String,
    pub verb: Verb,
    /// How many values it changed.
    pub values: usize,
}

impl WriteSummary {
    /// A sentence about the write. `time` is its time, formatted for the place where it is shown.
    pub fn words(&self, time: &str) -> String {
        let values = values(self.values);
        let did = match self.verb {
            Verb::Create => format!("it created the record, with {values}"),
            Verb::Replace => format!("it changed {values}"),
            Verb::Delete => "it deleted the record".to_owned(),
        };
        format!("the write of {time} by {}: {did}", clean(&self.by, 60))
    }
}

fn values(count: usize) -> String {
    if count == 1 { "1 value".to_owned() } else { format!("{count} values") }
}

/// The last apply that was done and not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastApply {
    /// The id of the write.
    pub id: String,
    pub written: WriteSummary,
    /// File name of the saved record before the write. `None` when there was no record.
    pub before: Option<String>,
    /// Digest of the record after the write.
    pub digest: Option<String>,
    /// What the write did to the export key.
    pub key: KeyAfterUndo,
}

/// Whether an undo has any write of ours to take back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum UndoState {
    /// The journal has no write of ours, or all of them were undone.
    #[default]
    Nothing,
    LastApply(WriteSummary),
}

/// Finds the last apply in an environment that was done and not undone.
pub(crate) fn last_apply(lines: &[JournalEntry], now: Environment) -> Option<LastApply> {
    let done = |id: &str| {
        outcomes(lines, id).rev().find_map(|outcome| match outcome {
            WriteOutcome::Done(digest) => Some(digest.clone()),
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

/// Counts per step the sign-offs that end with the partner record, for example `Rota template (5 values)`. `None` when
/// there are none.
pub fn sign_offs_that_end<'a>(recipe: &Recipe, signed: impl Iterator<Item = &'a FieldKey>) -> Option<String> {
    let mut steps: BTreeMap<StepId, usize> = BTreeMap::new();
    for step in signed.filter(|key| ends_with_record(key)).filter_map(FieldKey::step) {
        *steps.entry(step).or_default() += 1;
    }
    let told = steps.into_iter().map(|(step, count)| format!("{} ({})", recipe.step(step).title, values(count)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// What a write did to the export key. An undo cannot restore the earlier key, because it is stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAfterUndo {
    /// The write sent back the key that was already there.
    Kept,
    /// The write set another key, or a key that we cannot tell was already there.
    Set,
}

/// What a write of these fields with this key did to the export key. `before` holds the journal lines before the write.
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

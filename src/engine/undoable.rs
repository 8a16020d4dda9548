//! Which write of ours an undo would take back.
use super::clean::clean;
use super::history::{Entry, Line, Outcome, Purpose, Verb};
use crate::site::Environment;
use jiff::Timestamp;

/// What a write of ours was: enough for a person to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// When it was sent.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// How it was written.
    pub verb: Verb,
    /// How many values it brought.
    pub values: usize,
}

impl Written {
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
    pub written: Written,
    /// The record before: an image's name; none where there was no record.
    pub before: Option<String>,
    /// The digest of the record it left.
    pub digest: Option<String>,
}

/// Whether an undo has anything of ours to take back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Undoable {
    /// Nothing of ours stands in the journal, or all of it was undone.
    #[default]
    Nothing,
    /// The last apply.
    LastApply(Written),
}

impl Undoable {
    /// As the journal says, in one environment.
    #[must_use]
    pub fn of(lines: &[Line], now: Environment) -> Self {
        last_apply(lines, now).map_or(Self::Nothing, |last| Self::LastApply(last.written))
    }
}

/// The last apply in an environment that was done and not undone.
#[must_use]
pub fn last_apply(lines: &[Line], now: Environment) -> Option<LastApply> {
    let done = |id: &str| {
        lines.iter().rev().find_map(|line| match &line.entry {
            Entry::WriteEnded { id: ended, outcome: Outcome::Done(digest) } if ended == id => Some(digest.clone()),
            _ => None,
        })
    };
    let undone = |id: &str| {
        lines.iter().any(|line| match &line.entry {
            Entry::WriteBegun { id: undo, purpose: Purpose::Undo(of), .. } => of == id && done(undo).is_some(),
            _ => false,
        })
    };
    lines.iter().rev().find_map(|line| match &line.entry {
        Entry::WriteBegun { id, verb, purpose: Purpose::Apply, environment, before, fields, .. }
            if *environment == now && !undone(id) =>
        {
            let written = Written { at: line.at, by: line.by.clone(), verb: *verb, values: fields.len() };
            done(id).map(|digest| LastApply { id: id.clone(), written, before: before.clone(), digest })
        }
        _ => None,
    })
}

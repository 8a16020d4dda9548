//! Which write of ours an undo would take back.
use super::history::{Entry, Line, Outcome, Purpose, Verb};
use crate::site::Environment;

/// The last apply that was done and not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastApply {
    /// Names it.
    pub id: String,
    /// How it was written.
    pub verb: Verb,
    /// The record before: an image's name; none where there was no record.
    pub before: Option<String>,
    /// The digest of the record it left.
    pub digest: Option<String>,
}

/// Whether an undo has anything of ours to take back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Undoable {
    /// Nothing of ours stands in the journal, or all of it was undone.
    #[default]
    Nothing,
    /// The last apply.
    LastApply,
}

impl Undoable {
    /// As the journal says, in one environment.
    #[must_use]
    pub fn of(lines: &[Line], now: Environment) -> Self {
        last_apply(lines, now).map_or(Self::Nothing, |_| Self::LastApply)
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
        Entry::WriteBegun { id, verb, purpose: Purpose::Apply, environment, before, .. }
            if *environment == now && !undone(id) =>
        {
            done(id).map(|digest| LastApply { id: id.clone(), verb: *verb, before: before.clone(), digest })
        }
        _ => None,
    })
}

//! The history of a campus: what changed, when, from what to what, and who did it where the journal knows.
use super::entry::{JournalEntry, JournalEvent, Purpose, Verb, WriteOutcome};
use super::known_verdict::KnownVerdict;
use super::probe::ProofStatus;
use super::source::EvidenceSource;
use crate::recipe::{FieldKey, KeySlot, StepId};
use crate::site::{Environment, Stance};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something that happened at a campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryItem {
    pub at: Timestamp,
    pub environment: Environment,
    /// Who did it. `None` for a change that a check found and nobody here is known to have made.
    pub by: Option<String>,
    pub what: HistoryKind,
    /// The fields it is about.
    pub keys: Vec<FieldKey>,
}

/// What happened at a campus, for each kind of event that people ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryKind {
    /// A check found another verdict, or another value, than the check before.
    Changed {
        from: KnownVerdict,
        to: KnownVerdict,
    },
    /// `apply`, `undo` or `keys rotate` wrote the partner. Holds how it ended, if that is known.
    Wrote {
        verb: Verb,
        purpose: Purpose,
        outcome: Option<WriteOutcome>,
    },
    SignedOff {
        note: Option<String>,
    },
    SignOffWithdrawn,
    Shown(EvidenceSource),
    EvidenceWithdrawn,
    Proved {
        status: ProofStatus,
        words: String,
    },
    StanceSet(Stance),
    /// Keys were removed from the key store here.
    KeysForgotten(Vec<KeySlot>),
    /// A key was replaced. Holds why it failed, if it did.
    KeyReplaced {
        slot: KeySlot,
        failed: Option<String>,
    },
}

/// What was last found for a field, and who has touched it since.
#[derive(Default)]
struct FieldPast {
    known: Option<KnownVerdict>,
    touched_by: Option<String>,
}

/// Reads the journal as a history, oldest first, and keeps the items that `takes` takes. `writes` are the journal's entries of
/// writes. A field's first verdict is no change.
///
/// # Errors
/// The first one of `lines`.
pub fn history<E>(
    lines: impl IntoIterator<Item = Result<JournalEntry, E>>,
    writes: &[JournalEntry],
    takes: impl Fn(&HistoryItem) -> bool,
) -> Result<Vec<HistoryItem>, E> {
    let mut past: BTreeMap<(Environment, FieldKey), FieldPast> = BTreeMap::new();
    let mut items = Vec::new();
    for line in lines {
        let line = line?;
        if let JournalEvent::Checked { target: Some(target), verdicts, .. } = &line.entry {
            for (key, to) in verdicts {
                let before = past.entry((target.environment, key.clone())).or_default();
                let by = before.touched_by.take();
                // The same again was found in another system: nothing changed here.
                if let Some(from) = before.known.replace(to.clone()).filter(|from| from != to) {
                    let what = HistoryKind::Changed { from, to: to.clone() };
                    let (environment, keys) = (target.environment, vec![key.clone()]);
                    items.extend(Some(HistoryItem { at: line.at, environment, by, what, keys }).filter(&takes));
                }
            }
            continue;
        }
        let Some(item) = act(&line, writes) else { continue };
        for key in &item.keys {
            past.entry((item.environment, key.clone())).or_default().touched_by.clone_from(&item.by);
        }
        items.extend(Some(item).filter(&takes));
    }
    Ok(items)
}

/// What a person did, if the entry is of that kind.
fn act(line: &JournalEntry, lines: &[JournalEntry]) -> Option<HistoryItem> {
    let (environment, what, keys) = match &line.entry {
        JournalEvent::WriteBegun { id, verb, purpose, environment, fields, .. } => {
            let outcome = outcome_of(id, lines);
            let fields = if fields.is_empty() { undone_fields(purpose, lines) } else { fields.clone() };
            (*environment, HistoryKind::Wrote { verb: *verb, purpose: purpose.clone(), outcome }, fields)
        }
        JournalEvent::Attested { target, fields, note, .. } => {
            let what = HistoryKind::SignedOff { note: note.clone() };
            (target.environment, what, fields.keys().cloned().collect())
        }
        JournalEvent::Revoked { target, fields, .. } => {
            (target.environment, HistoryKind::SignOffWithdrawn, fields.clone())
        }
        JournalEvent::Shown { target, source, fields, .. } => {
            (target.environment, HistoryKind::Shown(source.clone()), fields.keys().cloned().collect())
        }
        JournalEvent::EvidenceForgotten { target, fields, .. } => {
            (target.environment, HistoryKind::EvidenceWithdrawn, fields.clone())
        }
        JournalEvent::Proved { showed, .. } => {
            let what = HistoryKind::Proved { status: showed.shows, words: showed.words.clone() };
            (showed.environment, what, vec![FieldKey::new(StepId::Prove, showed.half.as_str())])
        }
        JournalEvent::StanceSet { to, environment, .. } => {
            (*environment, HistoryKind::StanceSet(*to), vec![FieldKey::new(StepId::Rule, "enabled")])
        }
        JournalEvent::KeysForgotten { slots, environment } => {
            let what = HistoryKind::KeysForgotten(slots.clone());
            (*environment, what, vec![FieldKey::new(StepId::Connect, "keys")])
        }
        JournalEvent::RotationEnded { slot, environment, failed, .. } => {
            let what = HistoryKind::KeyReplaced { slot: *slot, failed: failed.clone() };
            (*environment, what, vec![FieldKey::new(StepId::Connect, "keys")])
        }
        _ => return None,
    };
    Some(HistoryItem { at: line.at, environment, by: Some(line.by.clone()), what, keys })
}

/// The fields that an undo restores: those that the write changed.
fn undone_fields(purpose: &Purpose, lines: &[JournalEntry]) -> Vec<FieldKey> {
    let Purpose::Undo(undone) = purpose else { return Vec::new() };
    let changed = lines.iter().find_map(|line| match &line.entry {
        JournalEvent::WriteBegun { id, fields, .. } if id == undone => Some(fields.clone()),
        _ => None,
    });
    changed.unwrap_or_default()
}

/// How the write with this id ended, as far as the journal knows.
fn outcome_of(id: &str, lines: &[JournalEntry]) -> Option<WriteOutcome> {
    lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, outcome, .. } if ended == id => Some(outcome.clone()),
        _ => None,
    })
}

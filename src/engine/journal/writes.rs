//! Writes to Alma: which of them ended and how, and which export key they set.
use super::entry::{JournalEntry, JournalEvent, Purpose, Verb, WriteAnswer, WriteOutcome};
use crate::secret::Fingerprint;
use crate::site::Environment;
use jiff::Timestamp;

/// What the journal says of how a write ended, the newest last.
pub(crate) fn outcomes<'a>(
    lines: &'a [JournalEntry],
    id: &'a str,
) -> impl DoubleEndedIterator<Item = &'a WriteOutcome> {
    lines.iter().filter_map(move |line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, outcome, .. } if ended == id => Some(outcome),
        _ => None,
    })
}

pub(crate) fn is_done(lines: &[JournalEntry], id: &str) -> bool {
    outcomes(lines, id).any(|outcome| matches!(outcome, WriteOutcome::Done(_)))
}

/// The export key set by our last write to the record, if that write is known to be done.
pub(crate) fn key_write(lines: &[JournalEntry], now: Environment) -> Option<KeyWrite> {
    let mut written: Option<KeyWrite> = None;
    for line in lines {
        let JournalEvent::WriteBegun { id, verb, key, environment, .. } = &line.entry else { continue };
        if *environment != now {
            continue;
        }
        let refused = outcomes(lines, id).any(|outcome| matches!(outcome, WriteOutcome::Refused(_)));
        let done = is_done(lines, id);
        match (done, verb, key) {
            (true, Verb::Delete, _) => written = None,
            (true, _, Some(key)) => {
                written = Some(KeyWrite { fingerprint: key.clone(), who: line.by.clone(), when: line.at });
            }
            // This write may have set another key, so the earlier key is no longer certain.
            (false, _, Some(key)) if !refused => written = written.filter(|before| before.fingerprint == *key),
            _ => {}
        }
    }
    written
}

/// The newest write in an environment, if its end is unknown: the process was killed, the machine was lost, or reading
/// back failed.
pub(crate) fn unfinished_write(lines: &[JournalEntry], now: Environment) -> Option<&JournalEntry> {
    let (newest, id) = newest_write(lines, now)?;
    let ended = outcomes(lines, id).any(|outcome| !matches!(outcome, WriteOutcome::Unknown(_)));
    (!ended).then_some(newest)
}

/// What Alma answered to the newest write in an environment.
pub(crate) fn newest_answer(lines: &[JournalEntry], now: Environment) -> WriteAnswer {
    let Some((_, id)) = newest_write(lines, now) else { return WriteAnswer::Unclear };
    let answers = lines.iter().rev().filter_map(|line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, answer, .. } if ended == id => Some(*answer),
        _ => None,
    });
    answers.into_iter().next().unwrap_or_default()
}

/// A write that we treat as not executed although no answer said so. It may still arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnseenWrite {
    pub begun: JournalEntry,
    /// What a later undo left: the digest of the record, or `None` inside for no record. The outer `None` means that
    /// nothing was written since.
    pub undone_to: Option<Option<String>>,
}

/// The newest write in an environment if it is unseen. If the newest one is an undo, the last unseen write before that,
/// because it may arrive after the undo.
pub(crate) fn unseen_write(lines: &[JournalEntry], now: Environment) -> Option<UnseenWrite> {
    let mut written = lines.iter().rev().filter_map(|line| match &line.entry {
        JournalEvent::WriteBegun { id, purpose, environment, .. } if *environment == now => {
            Some((line, purpose, outcomes(lines, id).next_back()?))
        }
        _ => None,
    });
    let (_, newest) = newest_write(lines, now)?;
    let (line, purpose, outcome) = written.next()?;
    match (outcome, purpose) {
        _ if !matches!(&line.entry, JournalEvent::WriteBegun { id, .. } if id == newest) => None,
        (WriteOutcome::NotSeen(_), _) => Some(UnseenWrite { begun: line.clone(), undone_to: None }),
        (WriteOutcome::Done(left), Purpose::Undo(_)) => {
            let unseen = written.find(|(_, purpose, outcome)| {
                matches!((purpose, outcome), (Purpose::Apply | Purpose::Rotate, WriteOutcome::NotSeen(_)))
            });
            unseen.map(|(line, ..)| UnseenWrite { begun: line.clone(), undone_to: Some(left.clone()) })
        }
        _ => None,
    }
}

fn newest_write(lines: &[JournalEntry], now: Environment) -> Option<(&JournalEntry, &str)> {
    lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteBegun { id, environment, .. } if *environment == now => Some((line, id.as_str())),
        _ => None,
    })
}

/// The outcome of the newest write begun at or after `since`. The outer `None` means there was no write; the inner
/// `None` means its end was not journaled.
pub fn outcome_since(lines: &[JournalEntry], since: Timestamp) -> Option<Option<&WriteOutcome>> {
    let begun = |line: &&JournalEntry| line.at >= since && matches!(line.entry, JournalEvent::WriteBegun { .. });
    let JournalEvent::WriteBegun { id, .. } = &lines.iter().rev().find(begun)?.entry else { return None };
    Some(outcomes(lines, id).next_back())
}

/// A journaled write of the export key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWrite {
    pub fingerprint: Fingerprint,
    pub who: String,
    pub when: Timestamp,
}

//! Writes to Alma: which of them ended and how, and which export key they set.
use super::entry::{JournalEntry, JournalEvent, Verb, WriteOutcome};
use crate::secret::Fingerprint;
use crate::site::Environment;
use jiff::Timestamp;

pub(crate) fn is_done(lines: &[JournalEntry], id: &str) -> bool {
    lines
        .iter()
        .any(|line| matches!(&line.entry, JournalEvent::WriteEnded { id: ended, outcome: WriteOutcome::Done(_) } if ended == id))
}

/// The export key set by our last write to the record, if that write is known to be done.
pub(crate) fn key_write(lines: &[JournalEntry], now: Environment) -> Option<KeyWrite> {
    let mut written: Option<KeyWrite> = None;
    for line in lines {
        let JournalEvent::WriteBegun { id, verb, key, environment, .. } = &line.entry else { continue };
        if *environment != now {
            continue;
        }
        let refused = lines.iter().any(
            |line| matches!(&line.entry, JournalEvent::WriteEnded { id: ended, outcome: WriteOutcome::Refused(_) } if ended == id),
        );
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
    let here = |line: &&JournalEntry| matches!(&line.entry, JournalEvent::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let JournalEvent::WriteBegun { id, .. } = &newest.entry else { return None };
    let ended = lines.iter().any(|line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, outcome } => ended == id && !matches!(outcome, WriteOutcome::Unknown(_)),
        _ => false,
    });
    (!ended).then_some(newest)
}

/// The newest write in an environment, if we treat it as not executed although no answer said so.
pub(crate) fn unseen_write(lines: &[JournalEntry], now: Environment) -> Option<&JournalEntry> {
    let here = |line: &&JournalEntry| matches!(&line.entry, JournalEvent::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let JournalEvent::WriteBegun { id, .. } = &newest.entry else { return None };
    matches!(last_outcome(lines, id), Some(WriteOutcome::NotSeen(_))).then_some(newest)
}

/// The outcome of the newest write begun at or after `since`. The outer `None` means there was no write; the inner
/// `None` means its end was not journaled.
pub fn outcome_since(lines: &[JournalEntry], since: Timestamp) -> Option<Option<&WriteOutcome>> {
    let begun = |line: &&JournalEntry| line.at >= since && matches!(line.entry, JournalEvent::WriteBegun { .. });
    let JournalEvent::WriteBegun { id, .. } = &lines.iter().rev().find(begun)?.entry else { return None };
    Some(last_outcome(lines, id))
}

fn last_outcome<'a>(lines: &'a [JournalEntry], id: &str) -> Option<&'a WriteOutcome> {
    lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, outcome } if ended == id => Some(outcome),
        _ => None,
    })
}

/// A journaled write of the export key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWrite {
    pub fingerprint: Fingerprint,
    pub who: String,
    pub when: Timestamp,
}

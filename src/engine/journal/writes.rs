//! Writes to Alma: which are done, which nobody saw end, and which export key they set.
use super::entry::{JournalEntry, JournalEvent, Verb, WriteOutcome};
use crate::secret::Fingerprint;
use crate::site::Environment;
use jiff::Timestamp;

pub(crate) fn is_done(lines: &[JournalEntry], id: &str) -> bool {
    lines
        .iter()
        .any(|line| matches!(&line.entry, JournalEvent::WriteEnded { id: ended, outcome: WriteOutcome::Done(_) } if ended == id))
}

/// The export key that our last write to the record set, if that write is known to be done.
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
            // Perhaps it set another key: then nothing is known of the one before either.
            (false, _, Some(key)) if !refused => written = written.filter(|before| before.fingerprint == *key),
            _ => {}
        }
    }
    written
}

/// The newest write in an environment, if nobody wrote down how it ended: a kill, a lost machine, a read-back that failed.
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

/// The newest write in an environment, if it was taken for not executed without an answer that says so.
pub(crate) fn unseen_write(lines: &[JournalEntry], now: Environment) -> Option<&JournalEntry> {
    let here = |line: &&JournalEntry| matches!(&line.entry, JournalEvent::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let JournalEvent::WriteBegun { id, .. } = &newest.entry else { return None };
    matches!(last_outcome(lines, id), Some(WriteOutcome::NotSeen(_))).then_some(newest)
}

/// How the newest write ended that was begun at or after a time; nothing where none was, and no outcome where nobody wrote it down.
#[must_use]
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
    /// Of which key.
    pub fingerprint: Fingerprint,
    /// By whom.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

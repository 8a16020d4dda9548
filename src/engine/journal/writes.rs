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
#[must_use]
pub fn key_write(lines: &[JournalEntry], now: Environment) -> Option<KeyWrite> {
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
#[must_use]
pub fn unfinished_write(lines: &[JournalEntry], now: Environment) -> Option<&JournalEntry> {
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
#[must_use]
pub fn unseen_write(lines: &[JournalEntry], now: Environment) -> Option<&JournalEntry> {
    let here = |line: &&JournalEntry| matches!(&line.entry, JournalEvent::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let JournalEvent::WriteBegun { id, .. } = &newest.entry else { return None };
    let last = lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteEnded { id: ended, outcome } if ended == id => Some(outcome),
        _ => None,
    });
    matches!(last, Some(WriteOutcome::NotSeen(_))).then_some(newest)
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

//! Finds out how a write ended when nobody journaled that, after a kill, a time-out or a lost machine. It reads the
//! record and never guesses.
use crate::engine;
use crate::engine::journal::{JournalEvent, JournalFacts, Purpose, UnseenWrite, WriteAnswer, WriteOutcome};
use crate::engine::judge::{Snapshot, readable};
use crate::engine::observed::{ExportKey, PartnerRecord};
use crate::ports::Journal;
use crate::secret::Fingerprint;
use crate::site::Site;
use serde_json::Value;

/// The warning that another process is writing now, so the outcome of its write is not known yet.
pub(super) fn on_its_way(site: &Site, journal: &JournalFacts) -> Option<String> {
    journal.unfinished.as_ref()?;
    Some(format!("Another last-resort process is writing to {} now, so these values may change.", site.institution))
}

/// Settles the last unfinished write if the record could be read, and says what was found. A write treated as not
/// executed is looked for again, because it may have arrived late.
pub(super) fn settle(site: &Site, snapshot: &Snapshot, journal: &dyn Journal) -> Option<String> {
    if let Some(unseen) = &snapshot.journal.not_seen {
        return arrived(site, snapshot, unseen, journal);
    }
    let entry = &snapshot.journal.unfinished.as_ref()?.entry;
    let JournalEvent::WriteBegun { id, .. } = entry else { return None };
    let now = match readable(site, snapshot) {
        Ok(record) => record,
        Err(why) => {
            return Some(format!(
                "An earlier write ({id}) has an unknown outcome, and the record cannot be read: {}",
                why.plain()
            ));
        }
    };
    let outcome = judged(entry, now, journal);
    let words = match &outcome {
        Some(WriteOutcome::Done(_)) => {
            let done = format!("The record shows that an earlier write of unknown outcome ({id}) was applied.");
            format!("{done}{}", words_on_changes(entry, now, journal))
        }
        Some(WriteOutcome::Refused(_) | WriteOutcome::NotSeen(_)) if snapshot.journal.answer == WriteAnswer::Taken => {
            return Some(format!(
                "An earlier write ({id}) was {NOT_SHOWN}. Check again later; if nothing changes, apply again."
            ));
        }
        Some(WriteOutcome::Unknown(why)) => format!("An earlier write ({id}) has an unknown outcome: {why}."),
        Some(WriteOutcome::Refused(_) | WriteOutcome::NotSeen(_)) => {
            format!("The record shows that an earlier write of unknown outcome ({id}) was not applied.")
        }
        None => format!(
            "An earlier write ({id}) has an unknown outcome; the record matches neither what it was before nor what was sent. Check every field."
        ),
    };
    // An unknown outcome is in the journal already.
    if let Some(outcome) = outcome.filter(|outcome| !matches!(outcome, WriteOutcome::Unknown(_)))
        && let Err(failure) = journal.append(ended(id, outcome))
    {
        return Some(failure.to_string());
    }
    Some(words)
}

/// What is known of a write that Alma answered with success, while its record still shows none of it.
pub(super) const NOT_SHOWN: &str = "sent, but Alma does not show it yet";

/// The event for a write whose outcome the record shows, or whose answer says nothing about it.
pub(super) fn ended(id: &str, outcome: WriteOutcome) -> JournalEvent {
    JournalEvent::WriteEnded { id: id.to_owned(), outcome, answer: WriteAnswer::Unclear }
}

/// The event for a write that Alma says it took, while no read has shown it.
pub(super) fn taken(id: &str, why: &str) -> JournalEvent {
    let outcome = WriteOutcome::Unknown(why.to_owned());
    JournalEvent::WriteEnded { id: id.to_owned(), outcome, answer: WriteAnswer::Taken }
}

/// The end of an undo that Alma said it took, if the record is still as it was before it. Then it may be repeated: at
/// worst, both have the same effect.
pub(super) fn undo_without_effect(site: &Site, snapshot: &Snapshot, journal: &dyn Journal) -> Option<JournalEvent> {
    let entry = &snapshot.journal.unfinished.as_ref()?.entry;
    let JournalEvent::WriteBegun { id, purpose: Purpose::Undo(_), .. } = entry else { return None };
    let outcome = judged(entry, readable(site, snapshot).ok()?, journal)?;
    matches!(outcome, WriteOutcome::NotSeen(_)).then(|| ended(id, outcome))
}

/// Settles a write that was treated as not executed, once the record shows that it was.
fn arrived(site: &Site, snapshot: &Snapshot, unseen: &UnseenWrite, journal: &dyn Journal) -> Option<String> {
    let entry = &unseen.begun.entry;
    let JournalEvent::WriteBegun { id, .. } = entry else { return None };
    let now = readable(site, snapshot).ok()?;
    let left = |to: &Option<String>| match (to, now) {
        (Some(digest), Some(record)) => engine::plan::is_digest_of(digest, &record.body),
        (to, record) => to.is_none() && record.is_none(),
    };
    if unseen.undone_to.as_ref().is_some_and(left) {
        return None;
    }
    let outcome = judged(entry, now, journal).filter(|outcome| matches!(outcome, WriteOutcome::Done(_)))?;
    if let Err(failure) = journal.append(ended(id, outcome)) {
        return Some(failure.to_string());
    }
    let beside = words_on_changes(entry, now, journal);
    Some(format!("An earlier write reported as not applied ({id}) has in fact been applied.{beside}"))
}

/// Judges an unfinished write by the record. If the record holds more than was sent, the outcome holds the digest of
/// what was sent, so that nobody else's edit is taken for ours or undone with it.
fn judged(entry: &JournalEvent, now: Option<&PartnerRecord>, journal: &dyn Journal) -> Option<WriteOutcome> {
    let JournalEvent::WriteBegun { before, sent, key, purpose, .. } = entry else { return None };
    // An undo sends the key that Alma has already.
    let judge = if matches!(purpose, Purpose::Undo(_)) { judge } else { judge_with_key };
    let write = WriteTrace { before: before.as_deref(), sent: sent.as_deref(), key: key.as_ref() };
    let outcome = judge(journal, now, write)?;
    Some(match (outcome, sent.as_deref().and_then(|name| journal.image(name).ok())) {
        (WriteOutcome::Done(Some(_)), Some(sent)) if !strange(&sent, now).is_empty() => {
            WriteOutcome::Done(Some(engine::plan::values_digest(&sent)))
        }
        (outcome, _) => outcome,
    })
}

/// The places where the record is not as it was sent.
fn strange(sent: &Value, now: Option<&PartnerRecord>) -> Vec<String> {
    now.map(|record| engine::plan::unexpected_changes(sent, &record.body)).unwrap_or_default()
}

/// Says in words where the record is not as it was sent. Empty when it is.
fn words_on_changes(entry: &JournalEvent, now: Option<&PartnerRecord>, journal: &dyn Journal) -> String {
    let JournalEvent::WriteBegun { sent: Some(sent), .. } = entry else { return String::new() };
    let Ok(sent) = journal.image(sent) else { return String::new() };
    let all: Vec<String> = strange(&sent, now).iter().map(|at| crate::text::clean(at, 200)).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" Not as sent: {}. Alma or someone else has changed this since; undo does not revert it.", all.join(", "))
}

/// What the journal keeps of a write.
#[derive(Clone, Copy)]
pub(super) struct WriteTrace<'a> {
    /// The name of the record before it.
    pub(super) before: Option<&'a str>,
    /// The name of the record that was sent.
    pub(super) sent: Option<&'a str>,
    /// The export key that was sent.
    pub(super) key: Option<&'a Fingerprint>,
}

/// Without the records that were kept of a write, nothing tells how it ended.
const UNREADABLE: &str = "the copy of the record in the journal cannot be read";

/// Judges a write by the record: done, not done, or `None` for neither. If Alma shows another key than was sent, the
/// write was not done, whatever the rest looks like.
pub(super) fn judge(journal: &dyn Journal, now: Option<&PartnerRecord>, write: WriteTrace<'_>) -> Option<WriteOutcome> {
    let Ok(before) = write.before.map(|name| journal.image(name)).transpose() else {
        return Some(WriteOutcome::Unknown(UNREADABLE.to_owned()));
    };
    match (now, write.sent) {
        // The write was a deletion, and the record is gone.
        (None, None) => return Some(WriteOutcome::Done(None)),
        (Some(record), Some(sent)) => {
            let Ok(sent) = journal.image(sent) else { return Some(WriteOutcome::Unknown(UNREADABLE.to_owned())) };
            if has_key(record, write.key) && engine::plan::contains_sent(before.as_ref(), &sent, &record.body) {
                return Some(WriteOutcome::Done(Some(engine::plan::values_digest(&record.body))));
            }
        }
        _ => {}
    }
    let unchanged = match (now, &before) {
        (None, None) => true,
        (Some(record), Some(before)) => engine::plan::differences(before, &record.body, &[]).is_empty(),
        _ => false,
    };
    unchanged.then(|| WriteOutcome::NotSeen("the record was read again and has not changed".to_owned()))
}

/// Whether the record may hold this key: it shows the key, or does not show its key at all.
fn has_key(record: &PartnerRecord, key: Option<&Fingerprint>) -> bool {
    match (&record.key, key) {
        (ExportKey::Clear(there), Some(sent)) => there.fingerprint() == *sent,
        _ => true,
    }
}

/// Like [`judge`], for a write that may have set another export key. If only the key changed and Alma hides it, the
/// outcome cannot be determined.
pub(super) fn judge_with_key(
    journal: &dyn Journal,
    now: Option<&PartnerRecord>,
    write: WriteTrace<'_>,
) -> Option<WriteOutcome> {
    let image = |name: Option<&str>| name.and_then(|name| journal.image(name).ok());
    let hidden = now.is_some_and(|record| !matches!(record.key, ExportKey::Clear(_)));
    if let (true, Some(_), Some(before), Some(sent)) = (hidden, write.key, image(write.before), image(write.sent))
        && engine::plan::differences(&before, &sent, &[]).is_empty()
    {
        let why = "Alma does not show its key, and nothing else in the record shows whether the write was applied";
        return Some(WriteOutcome::Unknown(why.to_owned()));
    }
    judge(journal, now, write)
}

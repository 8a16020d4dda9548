//! Finding out what became of a write whose end nobody wrote down: a kill, a time-out, a lost machine. It is read, never guessed.
use crate::engine;
use crate::engine::journal::{JournalEvent, JournalFacts, Purpose, WriteOutcome};
use crate::engine::judge::{Snapshot, readable};
use crate::engine::observed::{ExportKey, PartnerRecord};
use crate::ports::Journal;
use crate::secret::Fingerprint;
use crate::site::Site;
use serde_json::Value;

/// What to say of a write that another process is about to finish: nothing is known of it yet.
pub(super) fn on_its_way(site: &Site, journal: &JournalFacts) -> Option<String> {
    journal.unfinished.as_ref()?;
    Some(format!("Another last-resort is writing to {} now; what is shown here may change.", site.institution))
}

/// Settles the last unfinished write, if the record could be read; says what was found. One that was taken for not executed is looked
/// for again: it may have arrived late.
pub(super) fn settle(site: &Site, snapshot: &Snapshot, journal: &dyn Journal) -> Option<String> {
    if let Some(line) = &snapshot.journal.not_seen {
        return arrived(site, snapshot, &line.entry, journal);
    }
    let entry = &snapshot.journal.unfinished.as_ref()?.entry;
    let JournalEvent::WriteBegun { id, .. } = entry else { return None };
    let now = match readable(site, snapshot) {
        Ok(record) => record,
        Err(why) => {
            return Some(format!(
                "An earlier write ({id}) has an unknown outcome, and the record cannot be read: {}",
                why.what
            ));
        }
    };
    let outcome = judged(entry, now, journal);
    let words = match &outcome {
        Some(WriteOutcome::Done(_)) => {
            let done = format!("An earlier write ({id}) of unknown outcome was read again now: it was done.");
            format!("{done}{}", beside(entry, now, journal))
        }
        Some(WriteOutcome::Unknown(why)) => format!("An earlier write ({id}) has an unknown outcome: {why}."),
        Some(WriteOutcome::Refused(_) | WriteOutcome::NotSeen(_)) => {
            format!("An earlier write ({id}) of unknown outcome was read again now: it was not done.")
        }
        None => format!(
            "An earlier write ({id}) has an unknown outcome; the record is neither as it was before nor as it was sent. Check every field."
        ),
    };
    // What stays unknown stands in the journal as that already.
    if let Some(outcome) = outcome.filter(|outcome| !matches!(outcome, WriteOutcome::Unknown(_)))
        && let Err(failure) = journal.append(JournalEvent::WriteEnded { id: id.clone(), outcome })
    {
        return Some(failure.to_string());
    }
    Some(words)
}

/// Settles a write taken for not executed, once the record shows that it was.
fn arrived(site: &Site, snapshot: &Snapshot, entry: &JournalEvent, journal: &dyn Journal) -> Option<String> {
    let JournalEvent::WriteBegun { id, .. } = entry else { return None };
    let now = readable(site, snapshot).ok()?;
    let outcome = judged(entry, now, journal).filter(|outcome| matches!(outcome, WriteOutcome::Done(_)))?;
    if let Err(failure) = journal.append(JournalEvent::WriteEnded { id: id.clone(), outcome }) {
        return Some(failure.to_string());
    }
    let beside = beside(entry, now, journal);
    Some(format!("An earlier write ({id}), taken for not done, arrived late: it was done.{beside}"))
}

/// What the record says of a write that nobody saw end. Where it holds more than was sent, the write is known by what it sent: what
/// somebody else may have put there since is never taken for ours, nor taken back with it.
fn judged(entry: &JournalEvent, now: Option<&PartnerRecord>, journal: &dyn Journal) -> Option<WriteOutcome> {
    let JournalEvent::WriteBegun { before, sent, key, purpose, .. } = entry else { return None };
    // An undo sends the key that Alma has already.
    let judge = if matches!(purpose, Purpose::Undo(_)) { judge } else { judge_with_key };
    let outcome = judge(journal, now, before.as_deref(), sent.as_deref(), key.as_ref())?;
    Some(match (outcome, sent.as_deref().and_then(|name| journal.image(name).ok())) {
        (WriteOutcome::Done(Some(_)), Some(sent)) if !strange(&sent, now).is_empty() => {
            WriteOutcome::Done(Some(engine::plan::digest_of(&sent)))
        }
        (outcome, _) => outcome,
    })
}

/// Where the record is not as it was sent.
fn strange(sent: &Value, now: Option<&PartnerRecord>) -> Vec<String> {
    now.map(|record| engine::plan::beyond(sent, &record.body)).unwrap_or_default()
}

/// The same in words; nothing where there is nothing strange.
fn beside(entry: &JournalEvent, now: Option<&PartnerRecord>, journal: &dyn Journal) -> String {
    let JournalEvent::WriteBegun { sent: Some(sent), .. } = entry else { return String::new() };
    let Ok(sent) = journal.image(sent) else { return String::new() };
    let all: Vec<String> = strange(&sent, now).iter().map(|at| crate::text::clean(at, 200)).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" Not as it was sent: {}. Alma changed that, or somebody since; no undo takes it back.", all.join(", "))
}

/// What the record as read says of a write: done, not done, or neither. `key` is the export key that was sent along: where
/// Alma shows the one it has, and it is another, the write was not done, whatever the rest looks like.
pub(super) fn judge(
    journal: &dyn Journal,
    now: Option<&PartnerRecord>,
    before: Option<&str>,
    sent: Option<&str>,
    key: Option<&Fingerprint>,
) -> Option<WriteOutcome> {
    let before = before.map(|name| journal.image(name)).transpose().ok()?;
    match (now, sent) {
        // A deletion, and it is gone.
        (None, None) => return Some(WriteOutcome::Done(None)),
        (Some(record), Some(sent)) => {
            let sent = journal.image(sent).ok()?;
            if has_key(record, key) && engine::plan::holds(before.as_ref(), &sent, &record.body) {
                return Some(WriteOutcome::Done(Some(engine::plan::digest_of(&record.body))));
            }
        }
        _ => {}
    }
    let unchanged = match (now, &before) {
        (None, None) => true,
        (Some(record), Some(before)) => engine::plan::unlike(before, &record.body, &[]).is_empty(),
        _ => false,
    };
    unchanged.then(|| WriteOutcome::NotSeen("read again: the record is as it was before".to_owned()))
}

/// Whether the record may have this key: it has, or does not show the one it has.
fn has_key(record: &PartnerRecord, key: Option<&Fingerprint>) -> bool {
    match (&record.key, key) {
        (ExportKey::Clear(there), Some(sent)) => there.fingerprint() == *sent,
        _ => true,
    }
}

/// The same of a write that may have set another export key: one that changed nothing else, where Alma does not show the key it
/// has, is told by nothing.
pub(super) fn judge_with_key(
    journal: &dyn Journal,
    now: Option<&PartnerRecord>,
    before: Option<&str>,
    sent: Option<&str>,
    key: Option<&Fingerprint>,
) -> Option<WriteOutcome> {
    let image = |name: Option<&str>| name.and_then(|name| journal.image(name).ok());
    let hidden = now.is_some_and(|record| !matches!(record.key, ExportKey::Clear(_)));
    if let (true, Some(_), Some(before), Some(sent)) = (hidden, key, image(before), image(sent))
        && engine::plan::unlike(&before, &sent, &[]).is_empty()
    {
        let why = "Alma does not show the key it has, and nothing else tells whether the write was done";
        return Some(WriteOutcome::Unknown(why.to_owned()));
    }
    judge(journal, now, before, sent, key)
}

//! Finding out what became of a write whose end nobody wrote down: a kill, a time-out, a lost machine. It is read, never guessed.
use crate::engine::{self, Entry, Line, Outcome, PartnerRecord, Snapshot, readable};
use crate::ports::Journal;
use crate::site::Site;

/// Settles the last unfinished write, if the record could be read; says what was found.
pub(super) fn settle(site: &Site, snapshot: &Snapshot, lines: &[Line], journal: &impl Journal) -> Option<String> {
    let line = engine::unfinished(lines)?;
    let Entry::WriteBegun { id, environment, before, sent, .. } = &line.entry else { return None };
    if *environment != site.environment {
        return None;
    }
    let now = match readable(site, snapshot) {
        Ok(record) => record,
        Err(why) => {
            return Some(format!(
                "An earlier write ({id}) has an unknown outcome, and the record cannot be read: {}",
                why.what
            ));
        }
    };
    let outcome = judge(journal, now, before.as_deref(), sent.as_deref());
    let words = match &outcome {
        Some(Outcome::Done(_)) => {
            format!("An earlier write ({id}) of unknown outcome was read again now: it was done.")
        }
        Some(_) => format!("An earlier write ({id}) of unknown outcome was read again now: it was not done."),
        None => format!(
            "An earlier write ({id}) has an unknown outcome; the record is neither as it was before nor as it was sent. Check every field."
        ),
    };
    if let Some(outcome) = outcome
        && let Err(failure) = journal.append(Entry::WriteEnded { id: id.clone(), outcome })
    {
        return Some(failure.to_string());
    }
    Some(words)
}

/// What the record as read says of a write: done, not done, or neither.
pub(super) fn judge(
    journal: &impl Journal,
    now: Option<&PartnerRecord>,
    before: Option<&str>,
    sent: Option<&str>,
) -> Option<Outcome> {
    match (now, sent) {
        // A deletion, and it is gone.
        (None, None) => return Some(Outcome::Done(None)),
        (Some(record), Some(sent)) => {
            let sent = journal.image(sent).ok()?;
            if engine::holds(&sent, &record.body) {
                return Some(Outcome::Done(Some(engine::digest_of(&record.body))));
            }
        }
        _ => {}
    }
    let unchanged = match (now, before) {
        (None, None) => true,
        (Some(record), Some(before)) => engine::unlike(&journal.image(before).ok()?, &record.body, &[]).is_empty(),
        _ => false,
    };
    unchanged.then(|| Outcome::Refused("read again: the record is as it was before".to_owned()))
}

//! How a write ended that was in flight when its command was stopped, according to the journal.
use super::session::{self, CampusWish};
use crate::engine::journal::{JournalEntry, WriteOutcome, outcome_since};
use crate::io::{Folders, JournalFile};
use crate::ports::Journal as _;
use jiff::Timestamp;

/// A sentence on how the write ended that was begun at or after `since`; `None` if the journal has no such write.
pub(super) fn outcome_words(campus: &CampusWish, since: Timestamp) -> Option<String> {
    let folders = Folders::from_env().ok()?;
    let site = session::campus(&folders, campus).ok()?;
    words_for(&JournalFile::of(&folders, &site.institution).read().ok()?.lines, since)
}

fn words_for(lines: &[JournalEntry], since: Timestamp) -> Option<String> {
    Some(match outcome_since(lines, since)? {
        Some(WriteOutcome::Done(_)) => "The pending write was finished and read back.".to_owned(),
        Some(WriteOutcome::Refused(why) | WriteOutcome::NotSeen(why)) => {
            format!("The pending write did not happen: {why}")
        }
        Some(WriteOutcome::Unknown(_)) | None => {
            "The outcome of the pending write is unknown. The next check reads the record again.".to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::words_for;
    use crate::engine::journal::{JournalEntry, JournalEvent, Purpose, Verb, WriteAnswer, WriteOutcome};
    use crate::site::Environment;
    use jiff::Timestamp;

    fn line(second: i64, entry: JournalEvent) -> JournalEntry {
        JournalEntry { at: Timestamp::from_second(second).expect("a time"), by: "staff".to_owned(), entry }
    }

    fn begun(second: i64) -> JournalEntry {
        let id = "w".to_owned();
        let (verb, purpose, environment) = (Verb::Replace, Purpose::Apply, Environment::Sandbox);
        let (before, sent, fields, key) = (None, None, Vec::new(), None);
        line(
            second,
            JournalEvent::WriteBegun { id, verb, purpose, environment, before, sent, fields, key, target: None },
        )
    }

    fn ended(outcome: WriteOutcome) -> JournalEntry {
        line(6, JournalEvent::WriteEnded { id: "w".to_owned(), outcome, answer: WriteAnswer::Unclear })
    }

    #[test]
    fn is_what_the_journal_holds_of_a_write_of_this_run() {
        let since = Timestamp::from_second(5).expect("a time");
        let words = |lines: &[JournalEntry]| words_for(lines, since);
        let done = || ended(WriteOutcome::Done(None));
        assert_eq!(words(&[begun(4), done()]), None, "begun before");
        assert_eq!(words(&[begun(5), done()]).as_deref(), Some("The pending write was finished and read back."));
        let unknown = "The outcome of the pending write is unknown. The next check reads the record again.";
        assert_eq!(words(&[begun(5)]).as_deref(), Some(unknown));
        assert_eq!(words(&[begun(5), ended(WriteOutcome::Unknown("x".to_owned()))]).as_deref(), Some(unknown));
        let refused = ended(WriteOutcome::Refused("HTTP 400".to_owned()));
        assert_eq!(words(&[begun(5), refused]).as_deref(), Some("The pending write did not happen: HTTP 400"));
    }
}

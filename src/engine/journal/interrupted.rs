//! Finds where the last session ended, by choice or not: a lost connection, a closed window, a killed process. The next session opens there.
use super::entry::{CheckOccasion, JournalEntry, JournalEvent, Purpose, SessionEnd, UnsentInput, Verb, WriteOutcome};
use super::writes::{outcomes, unfinished_write};
use crate::recipe::{FieldKey, StepId};
use crate::site::Environment;
use jiff::Timestamp;

/// What we know about the last write of an interrupted session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnwatchedWork {
    /// The session wrote nothing.
    None,
    /// This many values were written and read back.
    Written(usize),
    /// An undo put the record back, or deleted it.
    Undone(Verb),
    /// The write was certainly not executed.
    NotDone,
    /// We do not know how the write ended.
    Unknown,
}

/// Where the last session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSession {
    pub end: SessionEnd,
    /// The step that was on the screen.
    pub at: StepId,
    /// The value that was selected.
    pub value: Option<FieldKey>,
    pub when: Timestamp,
    pub write: UnwatchedWork,
    /// What the person had typed but not submitted.
    pub unsent: Vec<UnsentInput>,
}

/// Where the last session in this environment ended. What broke off is told as such until a check has run since; where the person was
/// holds until they leave again. `None` if there was no session.
pub fn last_session(lines: &[JournalEntry], here: Environment) -> Option<LastSession> {
    let since = lines
        .iter()
        .rposition(|line| matches!(line.entry, JournalEvent::Checked { occasion: CheckOccasion::Request, .. }))
        .map_or(0, |at| at + 1);
    let told = |lines: &[JournalEntry]| lines.iter().rev().find_map(|line| left(line, here));
    // If the process died before it could journal anything, an unfinished write shows it.
    let killed = || {
        let line = unfinished_write(lines, here).filter(|line| lines[since..].contains(line))?;
        let JournalEvent::WriteBegun { fields, .. } = &line.entry else { return None };
        let at = fields.iter().find_map(FieldKey::step).unwrap_or(StepId::Parameters);
        let (end, write) = (SessionEnd::BrokenOff, UnwatchedWork::Unknown);
        Some(LastSession { end, at, value: None, when: line.at, write, unsent: Vec::new() })
    };
    match told(&lines[since..]) {
        Some(last) if last.end == SessionEnd::BrokenOff => {
            Some(LastSession { write: unwatched(&lines[since..], here), ..last })
        }
        Some(last) => Some(last),
        None => killed()
            .or_else(|| told(lines).map(|last| LastSession { end: SessionEnd::ByChoice, unsent: Vec::new(), ..last })),
    }
}

/// What a line says about the end of a session in this environment.
fn left(line: &JournalEntry, here: Environment) -> Option<LastSession> {
    match &line.entry {
        JournalEvent::BrokenOff { environment, step, value, end, unsent } if *environment == here => {
            let (value, unsent) = (value.clone(), unsent.clone());
            Some(LastSession { end: *end, at: *step, value, when: line.at, write: UnwatchedWork::None, unsent })
        }
        _ => None,
    }
}

/// How the last write in these lines ended.
fn unwatched(lines: &[JournalEntry], here: Environment) -> UnwatchedWork {
    let begun = lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteBegun { id, verb, purpose, fields, environment, .. } if *environment == here => {
            Some((id, *verb, purpose, fields.len()))
        }
        _ => None,
    });
    let Some((id, verb, purpose, count)) = begun else { return UnwatchedWork::None };
    match (outcomes(lines, id).next_back(), purpose) {
        (Some(WriteOutcome::Done(_)), Purpose::Undo(_)) => UnwatchedWork::Undone(verb),
        (Some(WriteOutcome::Done(_)), Purpose::Apply | Purpose::Rotate) => UnwatchedWork::Written(count),
        (Some(WriteOutcome::Refused(_) | WriteOutcome::NotSeen(_)), _) => UnwatchedWork::NotDone,
        (Some(WriteOutcome::Unknown(_)) | None, _) => UnwatchedWork::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::WriteAnswer;
    use super::*;
    use std::collections::BTreeMap;

    const HERE: Environment = Environment::Sandbox;

    fn lines(entries: Vec<JournalEvent>) -> Vec<JournalEntry> {
        let line = |entry| JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry };
        entries.into_iter().map(line).collect()
    }

    fn checked() -> JournalEvent {
        JournalEvent::Checked {
            state: "differs".into(),
            target: None,
            steps: Vec::new(),
            verdicts: BTreeMap::new(),
            occasion: CheckOccasion::Request,
        }
    }

    fn begun(id: &str) -> JournalEvent {
        JournalEvent::WriteBegun {
            id: id.into(),
            verb: Verb::Replace,
            purpose: Purpose::Apply,
            environment: HERE,
            before: None,
            sent: None,
            fields: vec!["partner.name".into(), "parameters.export.url".into()],
            key: None,
            target: None,
        }
    }

    fn ended(id: &str, outcome: WriteOutcome) -> JournalEvent {
        JournalEvent::WriteEnded { id: id.into(), outcome, answer: WriteAnswer::Unclear }
    }

    fn ended_session(environment: Environment, end: SessionEnd) -> JournalEvent {
        let value = Some("rota.name".into());
        JournalEvent::BrokenOff { environment, step: StepId::Rota, value, end, unsent: Vec::new() }
    }

    fn broke(environment: Environment) -> JournalEvent {
        ended_session(environment, SessionEnd::BrokenOff)
    }

    #[test]
    fn what_became_of_the_write_that_nobody_saw_end() {
        let told = |entries| last_session(&lines(entries), HERE).map(|broken| (broken.at, broken.write));
        let at = |write| Some((StepId::Rota, write));
        assert_eq!(told(vec![checked(), broke(HERE)]), at(UnwatchedWork::None));
        let write = |outcome| vec![checked(), begun("a"), ended("a", outcome), broke(HERE)];
        assert_eq!(told(write(WriteOutcome::Done(None))), at(UnwatchedWork::Written(2)));
        assert_eq!(told(write(WriteOutcome::Refused("no".into()))), at(UnwatchedWork::NotDone));
        assert_eq!(told(write(WriteOutcome::Unknown("?".into()))), at(UnwatchedWork::Unknown));
        // A write that was seen to end, followed by a check.
        let seen = vec![begun("a"), ended("a", WriteOutcome::Done(None)), checked(), broke(HERE)];
        assert_eq!(told(seen), at(UnwatchedWork::None));
    }

    /// An undo that deleted the partner is not told as one that put a record back.
    #[test]
    fn an_undo_says_what_it_did() {
        for verb in [Verb::Delete, Verb::Replace] {
            let mut undo = begun("a");
            if let JournalEvent::WriteBegun { verb: did, purpose, .. } = &mut undo {
                (*did, *purpose) = (verb, Purpose::Undo("b".into()));
            }
            let entries = vec![checked(), undo, ended("a", WriteOutcome::Done(None)), broke(HERE)];
            let told = last_session(&lines(entries), HERE).expect("broken off");
            assert_eq!(told.write, UnwatchedWork::Undone(verb));
        }
    }

    #[test]
    fn a_kill_in_a_write_leaves_a_trace_too_and_a_reading_ends_the_matter() {
        let killed = last_session(&lines(vec![checked(), begun("a")]), HERE).expect("killed");
        assert_eq!((killed.at, killed.write), (StepId::Partner, UnwatchedWork::Unknown));
        assert_eq!(last_session(&lines(vec![begun("a"), checked()]), HERE), None);
        let later = last_session(&lines(vec![broke(HERE), checked()]), HERE).expect("the place stays");
        assert_eq!((later.end, later.at, later.value), (SessionEnd::ByChoice, StepId::Rota, Some("rota.name".into())));
        let left = vec![begun("a"), ended("a", WriteOutcome::Done(None)), ended_session(HERE, SessionEnd::ByChoice)];
        let left = last_session(&lines(left), HERE).expect("left by choice");
        assert_eq!((left.end, left.write), (SessionEnd::ByChoice, UnwatchedWork::None));
        assert_eq!(last_session(&lines(vec![broke(Environment::Production)]), HERE), None);
        assert_eq!(last_session(&[], HERE), None);
    }
}

//! Where a sitting stopped that nobody ended: a line that broke, a closed window, a kill. Coming back begins there.
use super::entry::{Entry, Line, Outcome, Purpose, Unsent};
use super::writes::unfinished;
use crate::recipe::{FieldKey, StepId};
use crate::site::Environment;
use jiff::Timestamp;

/// What is known of the write whose end nobody saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwatched {
    /// There was none.
    None,
    /// So many values were written and read back.
    Written(usize),
    /// The record was put back.
    Undone,
    /// It was certainly not carried out.
    NotDone,
    /// Nobody knows yet.
    Unknown,
}

/// Where a sitting stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenOff {
    /// At this step.
    pub at: StepId,
    /// When.
    pub when: Timestamp,
    /// The write under way.
    pub write: Unwatched,
    /// Typed and not sent.
    pub unsent: Vec<Unsent>,
}

/// Where the last sitting in this environment stopped, if it did not end by itself and nothing was read since.
#[must_use]
pub fn broken_off(lines: &[Line], here: Environment) -> Option<BrokenOff> {
    let since = lines.iter().rposition(|line| matches!(line.entry, Entry::Checked { .. })).map_or(0, |at| at + 1);
    let told = lines[since..].iter().rev().find_map(|line| match &line.entry {
        Entry::BrokenOff { environment, step, unsent } if *environment == here => Some((line, *step, unsent.clone())),
        _ => None,
    });
    match told {
        Some((line, at, unsent)) => {
            Some(BrokenOff { at, when: line.at, write: unwatched(&lines[since..], here), unsent })
        }
        // Nobody was left to write it down.
        None => {
            let line = unfinished(lines, here).filter(|line| lines[since..].contains(line))?;
            let Entry::WriteBegun { fields, .. } = &line.entry else { return None };
            let at = fields.iter().find_map(FieldKey::step).unwrap_or(StepId::Parameters);
            Some(BrokenOff { at, when: line.at, write: Unwatched::Unknown, unsent: Vec::new() })
        }
    }
}

/// What became of the last write in these lines.
fn unwatched(lines: &[Line], here: Environment) -> Unwatched {
    let begun = lines.iter().rev().find_map(|line| match &line.entry {
        Entry::WriteBegun { id, purpose, fields, environment, .. } if *environment == here => {
            Some((id, purpose, fields.len()))
        }
        _ => None,
    });
    let Some((id, purpose, count)) = begun else { return Unwatched::None };
    let outcome = lines.iter().rev().find_map(|line| match &line.entry {
        Entry::WriteEnded { id: ended, outcome } if ended == id => Some(outcome),
        _ => None,
    });
    match (outcome, purpose) {
        (Some(Outcome::Done(_)), Purpose::Undo(_)) => Unwatched::Undone,
        (Some(Outcome::Done(_)), Purpose::Apply | Purpose::Rotate) => Unwatched::Written(count),
        (Some(Outcome::Refused(_) | Outcome::NotSeen(_)), _) => Unwatched::NotDone,
        (Some(Outcome::Unknown(_)) | None, _) => Unwatched::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::entry::Verb;

    const HERE: Environment = Environment::Sandbox;

    fn lines(entries: Vec<Entry>) -> Vec<Line> {
        let line = |entry| Line { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry };
        entries.into_iter().map(line).collect()
    }

    fn checked() -> Entry {
        Entry::Checked { state: "differs".into() }
    }

    fn begun(id: &str) -> Entry {
        Entry::WriteBegun {
            id: id.into(),
            verb: Verb::Replace,
            purpose: Purpose::Apply,
            environment: HERE,
            before: None,
            sent: None,
            fields: vec!["partner.name".into(), "parameters.export.url".into()],
            key: None,
        }
    }

    fn ended(id: &str, outcome: Outcome) -> Entry {
        Entry::WriteEnded { id: id.into(), outcome }
    }

    fn broke(environment: Environment) -> Entry {
        Entry::BrokenOff { environment, step: StepId::Rota, unsent: Vec::new() }
    }

    #[test]
    fn what_became_of_the_write_that_nobody_saw_end() {
        let told = |entries| broken_off(&lines(entries), HERE).map(|broken| (broken.at, broken.write));
        let at = |write| Some((StepId::Rota, write));
        assert_eq!(told(vec![checked(), broke(HERE)]), at(Unwatched::None));
        let write = |outcome| vec![checked(), begun("a"), ended("a", outcome), broke(HERE)];
        assert_eq!(told(write(Outcome::Done(None))), at(Unwatched::Written(2)));
        assert_eq!(told(write(Outcome::Refused("no".into()))), at(Unwatched::NotDone));
        assert_eq!(told(write(Outcome::Unknown("?".into()))), at(Unwatched::Unknown));
        // One that was seen to end, and then something was read.
        let seen = vec![begun("a"), ended("a", Outcome::Done(None)), checked(), broke(HERE)];
        assert_eq!(told(seen), at(Unwatched::None));
    }

    #[test]
    fn a_kill_in_a_write_leaves_a_trace_too_and_a_reading_ends_the_matter() {
        let killed = broken_off(&lines(vec![checked(), begun("a")]), HERE).expect("killed");
        assert_eq!((killed.at, killed.write), (StepId::Partner, Unwatched::Unknown));
        assert_eq!(broken_off(&lines(vec![begun("a"), checked()]), HERE), None);
        assert_eq!(broken_off(&lines(vec![broke(HERE), checked()]), HERE), None);
        assert_eq!(broken_off(&lines(vec![broke(Environment::Production)]), HERE), None);
        assert_eq!(broken_off(&[], HERE), None);
    }
}

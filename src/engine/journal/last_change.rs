//! When the set-up was last changed. What was proved before that says nothing of the set-up as it is now.
use super::entry::{JournalEntry, JournalEvent, Purpose};
use super::known_verdict::KnownVerdict;
use super::target::Target;
use super::writes::is_done;
use crate::recipe::{FieldKey, Recipe};
use crate::site::Environment;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A change to the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUpChange {
    /// By our own apply or undo.
    Written(Timestamp),
    /// Made elsewhere, and found by a check.
    Found {
        /// When a check last found the earlier value.
        after: Timestamp,
        /// When a check found another one.
        at: Timestamp,
    },
}

impl SetUpChange {
    /// What was proved before this time was proved before the change.
    pub(crate) fn after(self) -> Timestamp {
        match self {
            Self::Written(at) | Self::Found { after: at, .. } => at,
        }
    }

    /// Names the change in part of a sentence.
    pub(crate) fn words(self) -> String {
        let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC");
        match self {
            Self::Written(at) => format!("the last change to the set-up ({})", minute(at)),
            Self::Found { at, .. } => format!("the last change to the set-up (found on {})", minute(at)),
        }
    }
}

/// The later of two changes.
pub(crate) fn later(one: Option<SetUpChange>, other: Option<SetUpChange>) -> Option<SetUpChange> {
    one.into_iter().chain(other).max_by_key(|change| change.after())
}

/// The last change that the journal knows of. A rotated key is judged by itself.
pub(crate) fn last_change(lines: &[JournalEntry], now: &Target) -> Option<SetUpChange> {
    later(last_write(lines, now.environment), last_found(lines, now))
}

fn last_write(lines: &[JournalEntry], now: Environment) -> Option<SetUpChange> {
    let ours = |ended: &str| {
        lines.iter().any(|line| match &line.entry {
            JournalEvent::WriteBegun { id, purpose, environment, .. } => {
                id == ended && *environment == now && matches!(purpose, Purpose::Apply | Purpose::Undo(_))
            }
            _ => false,
        })
    };
    lines.iter().rev().find_map(|line| match &line.entry {
        JournalEvent::WriteEnded { id, .. } if is_done(lines, id) && ours(id) => Some(SetUpChange::Written(line.at)),
        _ => None,
    })
}

/// A value that a check saw.
struct SeenValue<'a> {
    known: &'a KnownVerdict,
    /// When a check last found it.
    last: Timestamp,
    /// Whether no check since then found that it can no longer be told.
    still: bool,
}

/// The last change from one value that was seen to another one.
fn last_found(lines: &[JournalEntry], now: &Target) -> Option<SetUpChange> {
    let mut seen: BTreeMap<&FieldKey, SeenValue<'_>> = BTreeMap::new();
    let mut changed = None;
    for line in lines {
        let JournalEvent::Checked { target: Some(target), steps, verdicts, .. } = &line.entry else { continue };
        if !target.is_same(now) {
            continue;
        }
        for (key, found) in verdicts.iter().filter(|(key, _)| Recipe::embedded().field(key).is_some()) {
            let before = seen.get(key).filter(|before| before.known.is_changed_to(found));
            changed = later(changed, before.map(|before| SetUpChange::Found { after: before.last, at: line.at }));
            if found.is_seen() {
                seen.insert(key, SeenValue { known: found, last: line.at, still: true });
            } else if let Some(before) = seen.get_mut(key) {
                before.still = false;
            }
        }
        let again = |key: &FieldKey| key.step().is_some_and(|step| steps.contains(&step));
        let unchanged = seen.iter_mut().filter(|(key, before)| before.still && again(key));
        unchanged.for_each(|(_, before)| before.last = line.at);
    }
    changed
}

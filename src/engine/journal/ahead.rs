//! Entries with a time in the future. A clock was wrong when they were written, so nobody knows how old they are.
use super::entry::{JournalEntry, JournalEvent};
use super::target::Target;
use crate::recipe::FieldKey;
use crate::text::clean;
use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;

/// Clocks of several machines may differ by this much.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An entry with a time in the future, which counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AheadEntry {
    pub what: AheadKind,
    pub who: String,
    /// The time it carries.
    pub when: Timestamp,
    /// The values it is about. Empty for a proof or a forecast.
    pub keys: Vec<FieldKey>,
}

/// What an entry with a time in the future would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AheadKind {
    SignOff,
    Evidence,
    Proof,
    Forecast,
}

impl AheadEntry {
    /// Says that the entry does not count, and why, as part of a sentence.
    pub fn words(&self) -> String {
        let what = match self.what {
            AheadKind::SignOff => "the sign-off",
            AheadKind::Evidence => "the evidence",
            AheadKind::Proof => "the proof",
            AheadKind::Forecast => "the forecast",
        };
        let at = self.when.strftime("%Y-%m-%d %H:%M UTC");
        format!("{what} by {} is dated in the future ({at}) and does not count", clean(&self.who, 64))
    }
}

pub(crate) fn is_ahead(line: &JournalEntry, now: Timestamp) -> bool {
    line.at.duration_since(now) > SKEW && kind(&line.entry).is_some()
}

/// What a person said or saw. Writes, test requests and withdrawals keep their effect whatever time they carry.
fn kind(event: &JournalEvent) -> Option<AheadKind> {
    match event {
        JournalEvent::Attested { .. } => Some(AheadKind::SignOff),
        JournalEvent::Shown { .. } => Some(AheadKind::Evidence),
        JournalEvent::Proved { .. } => Some(AheadKind::Proof),
        JournalEvent::Foreseen { .. } => Some(AheadKind::Forecast),
        _ => None,
    }
}

/// The lines that count at `now`.
pub(crate) fn dated(lines: &[JournalEntry], now: Timestamp) -> Cow<'_, [JournalEntry]> {
    if lines.iter().any(|line| is_ahead(line, now)) {
        Cow::Owned(lines.iter().filter(|line| !is_ahead(line, now)).cloned().collect())
    } else {
        Cow::Borrowed(lines)
    }
}

/// The entries about these systems that do not count at `now`.
pub(crate) fn ahead(lines: &[JournalEntry], target: &Target, now: Timestamp) -> Vec<AheadEntry> {
    let entry = |line: &JournalEntry| {
        let keys: Vec<FieldKey> = match &line.entry {
            JournalEvent::Attested { target: of, fields, .. } | JournalEvent::Shown { target: of, fields, .. } => {
                let keys: Vec<FieldKey> = fields.keys().filter(|key| of.counts_for(key, target)).cloned().collect();
                if keys.is_empty() && of.environment != target.environment {
                    return None;
                }
                keys
            }
            JournalEvent::Proved { showed, .. } if showed.environment != target.environment => return None,
            JournalEvent::Foreseen { environment, .. } if *environment != target.environment => return None,
            _ => Vec::new(),
        };
        Some(AheadEntry { what: kind(&line.entry)?, who: line.by.clone(), when: line.at, keys })
    };
    lines.iter().filter(|line| is_ahead(line, now)).filter_map(entry).collect()
}

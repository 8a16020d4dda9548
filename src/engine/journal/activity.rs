//! Tells from the journal whether anybody has worked on a campus before.
use super::entry::{JournalEntry, JournalEvent};
use crate::site::Environment;

/// Whether anybody has worked on a campus before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nobody has done more than look.
    #[default]
    Untouched,
    /// Something was written, signed off, shown or tried.
    Begun,
}

impl Activity {
    /// Reads the journal for one environment.
    pub(crate) fn of(lines: &[JournalEntry], now: Environment) -> Self {
        let work = |line: &JournalEntry| match &line.entry {
            JournalEvent::WriteBegun { environment, .. }
            | JournalEvent::ProbeBegun { environment, .. }
            | JournalEvent::StanceSet { environment, .. } => *environment == now,
            JournalEvent::Attested { target, .. }
            | JournalEvent::Revoked { target, .. }
            | JournalEvent::Shown { target, .. } => target.environment == now,
            // Checks and key rotations are not work on a step. An event that follows another counts with the first one.
            JournalEvent::WriteEnded { .. }
            | JournalEvent::RotationBegun { .. }
            | JournalEvent::RotationEnded { .. }
            | JournalEvent::Foreseen { .. }
            | JournalEvent::Checked { .. }
            | JournalEvent::BrokenOff { .. }
            | JournalEvent::ProbeNumbered { .. }
            | JournalEvent::ProbeSeen { .. }
            | JournalEvent::ProbeEnded { .. }
            | JournalEvent::Proved { .. } => false,
        };
        if lines.iter().any(work) { Self::Begun } else { Self::Untouched }
    }
}

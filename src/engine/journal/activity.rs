//! Whether somebody has worked on a campus before, as the journal says.
use super::entry::{Entry, Line};
use crate::site::Environment;

/// What somebody left behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Trace {
    /// Nobody did anything here but look.
    #[default]
    Untouched,
    /// Something was written, signed off, shown or tried.
    Begun,
}

impl Trace {
    /// As the journal says, in one environment.
    #[must_use]
    pub fn of(lines: &[Line], now: Environment) -> Self {
        let work = |line: &Line| match &line.entry {
            Entry::WriteBegun { environment, .. }
            | Entry::ProbeBegun { environment, .. }
            | Entry::StanceSet { environment, .. } => *environment == now,
            Entry::Attested { target, .. } | Entry::Revoked { target, .. } | Entry::Shown { target, .. } => {
                target.environment == now
            }
            // Looking is no work on a step, nor is a key put in another's place; what follows something is told by that.
            Entry::WriteEnded { .. }
            | Entry::RotationBegun { .. }
            | Entry::RotationEnded { .. }
            | Entry::Foreseen { .. }
            | Entry::Checked { .. }
            | Entry::BrokenOff { .. }
            | Entry::ProbeNumbered { .. }
            | Entry::ProbeSeen { .. }
            | Entry::ProbeEnded { .. }
            | Entry::Proved { .. } => false,
        };
        if lines.iter().any(work) { Self::Begun } else { Self::Untouched }
    }
}

//! When the campus went live.
use super::entry::{Entry, Line};
use crate::site::{Environment, Stance};

/// When this environment last went through the gate, and who took it through; none where it was taken back since.
#[must_use]
pub fn went_live(lines: &[Line], of: Environment) -> Option<&Line> {
    let of = |line: &&Line| matches!(&line.entry, Entry::StanceSet { environment, .. } if *environment == of);
    lines.iter().rfind(of).filter(|line| matches!(line.entry, Entry::StanceSet { to: Stance::Live, .. }))
}

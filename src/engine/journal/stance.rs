//! When the campus went live.
use super::entry::{JournalEntry, JournalEvent};
use crate::site::{Environment, Stance};

/// The entry in which this environment last went live. `None` when it was taken back since.
pub(crate) fn went_live(lines: &[JournalEntry], of: Environment) -> Option<&JournalEntry> {
    let of =
        |line: &&JournalEntry| matches!(&line.entry, JournalEvent::StanceSet { environment, .. } if *environment == of);
    lines.iter().rfind(of).filter(|line| matches!(line.entry, JournalEvent::StanceSet { to: Stance::Live, .. }))
}

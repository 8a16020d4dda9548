//! A session at the wizard that was broken off: written down at its end, found at the next one's start.
use super::session::known;
use super::worker::WizardWorker;
use crate::engine;
use crate::engine::journal::{Interruption, JournalEvent, UnsentInput};
use crate::io::JournalFile;
use crate::ports::Journal as _;
use crate::recipe::StepId;

impl WizardWorker {
    /// Where the last session at this campus was interrupted. A process that is writing right now does not count.
    pub(super) fn broken_off(&self) -> Option<Interruption> {
        let site = self.site()?;
        let journal = JournalFile::of(self.folders(), &site.institution);
        if journal.written_elsewhere() {
            return None;
        }
        // A journal that cannot be read is said by the first check.
        engine::journal::interruption(&journal.read().ok()?, site.environment)
    }

    /// Writes down where this one was. What was typed is kept, unless a key stands in it.
    pub(super) fn break_off(&self, at: StepId, mut unsent: Vec<UnsentInput>) {
        let Some(site) = self.site() else { return };
        if !unsent.is_empty() {
            let keys = tokio::task::block_in_place(|| known(&*self.key_source().of(&site)));
            unsent.retain(|typed| !keys.iter().any(|key| key.stands_in(typed.text())));
        }
        let entry = JournalEvent::BrokenOff { environment: site.environment, step: at, unsent };
        if let Err(failure) = JournalFile::of(self.folders(), &site.institution).append(entry) {
            // Nobody is left to be told.
            tracing::warn!(%failure, "where it was broken off is not written down");
        }
    }
}

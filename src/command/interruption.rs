//! Interrupted wizard sessions: recorded in the journal when one breaks off, and looked up when the next one starts.
use super::session::known_keys;
use super::worker::WizardWorker;
use crate::engine;
use crate::engine::journal::{Interruption, JournalEvent, UnsentInput};
use crate::io::JournalFile;
use crate::ports::Journal as _;
use crate::recipe::StepId;

impl WizardWorker {
    /// Where the last session on this campus was interrupted. `None` while another process is writing its journal.
    pub(super) fn interruption(&self) -> Option<Interruption> {
        let site = self.site()?;
        let journal = JournalFile::of(&self.folders, &site.institution);
        if journal.written_elsewhere() {
            return None;
        }
        // If the journal cannot be read, the first check reports it.
        engine::journal::interruption(&journal.read().ok()?.lines, site.environment)
    }

    /// Records at which step this session broke off. Unsent input is kept unless it contains a key.
    pub(super) fn record_interruption(&self, at: StepId, mut unsent: Vec<UnsentInput>) {
        let Some(site) = self.site() else { return };
        if !unsent.is_empty() {
            let keys = tokio::task::block_in_place(|| known_keys(&*self.keys.of(&site)));
            unsent.retain(|typed| !keys.iter().any(|key| key.stands_partly_in(typed.text())));
        }
        let entry = JournalEvent::BrokenOff { environment: site.environment, step: at, unsent };
        if let Err(failure) = JournalFile::of(&self.folders, &site.institution).append(entry) {
            // The session has ended, so this can only be logged.
            tracing::warn!(%failure, "the step of this interruption was not recorded");
        }
    }
}

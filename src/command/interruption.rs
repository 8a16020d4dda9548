//! Where a session of the wizard ended: recorded in the journal, and looked up when the next one starts.
use super::session::known_keys;
use super::worker::WizardWorker;
use crate::engine;
use crate::engine::journal::{JournalEvent, LastSession, SessionEnd, UnsentInput};
use crate::io::JournalFile;
use crate::ports::Journal as _;
use crate::recipe::{FieldKey, StepId};

impl WizardWorker {
    /// Where the last session on this campus ended. `None` while another process is writing its journal.
    pub(super) fn last_session(&self) -> Option<LastSession> {
        let site = self.site()?;
        let journal = JournalFile::of(&self.folders, &site.institution);
        if journal.written_elsewhere() {
            return None;
        }
        // If the journal cannot be read, the first check reports it.
        engine::journal::last_session(&journal.read().ok()?.lines, site.environment)
    }

    /// Records where this session ended, unless the last one was left there too. Unsent input is kept unless it contains a key.
    pub(super) fn record_end(
        &self,
        end: SessionEnd,
        (step, value): (StepId, Option<FieldKey>),
        mut unsent: Vec<UnsentInput>,
    ) {
        let Some(site) = self.site() else { return };
        let there = |last: LastSession| (last.end, last.at, last.value) == (end, step, value.clone());
        if end == SessionEnd::ByChoice && self.last_session().is_some_and(there) {
            return;
        }
        if !unsent.is_empty() {
            let keys = tokio::task::block_in_place(|| known_keys(&*self.keys.of(&site)));
            unsent.retain(|typed| !keys.iter().any(|key| key.stands_partly_in(typed.text())));
        }
        let entry = JournalEvent::BrokenOff { environment: site.environment, step, value, end, unsent };
        if let Err(failure) = JournalFile::of(&self.folders, &site.institution).append(entry) {
            // The session has ended, so this can only be logged.
            tracing::warn!(%failure, "the place where this session ended was not recorded");
        }
    }
}

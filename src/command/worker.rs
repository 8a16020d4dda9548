//! Does the wizard's work with the operations in `drive` and the real adapters. Each piece of work ends in exactly one message.
use super::campus_file::accepted;
use super::consortium::CampusChoice;
use super::deferred_write::DeferredWrite;
use super::explore;
use super::key_source::{KeySource, key_store, keys_words};
use super::screen_entry::ScreenEntry;
use super::session::{COMMAND_TIME, CampusSession, PROOF_TIME, RealOps};
use crate::drive::{BorrowingSource, InFlight, NewEvidence, Prover, SignOffRequest, Stop, TrafficResult};
use crate::engine::board::BoardRow;
use crate::engine::card::cards;
use crate::engine::journal::ProofScope;
use crate::engine::judge::{Report, Snapshot, verify};
use crate::engine::plan::Consent;
use crate::engine::probe::ProofProgress;
use crate::engine::results::{ApplyResult, ProofRun};
use crate::engine::whole_answer::WholeAnswer;
use crate::failure::{Failure, FailureKind};
use crate::io::http::pause_left;
use crate::io::{CampusFiles, Folders, Http, SetupFile, log_to, long_answers};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, CampusField, Environment, SavedSetup, Site, SiteDraft};
use crate::tui::Tell;
use crate::tui::board::BoardKey;
use crate::tui::msg::{self, Msg, StoredCampus, Work};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The wizard's worker: shared between the pieces of work that run at the same time.
pub(super) struct WizardWorker {
    /// The folders for campus files, journals and logs.
    pub(super) folders: Folders,
    /// Where keys are read and stored.
    pub(super) keys: KeySource,
    pub(super) screen_entry: ScreenEntry,
    http: OnceLock<Http>,
    in_flight: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<State>,
    /// Stops the proof or forecast that was started last.
    stop: Mutex<Stop>,
    /// Must be settled before the campus file is read or written.
    pub(super) deferred: DeferredWrite,
}

#[derive(Default)]
struct State {
    /// `None` until a campus is chosen or set up.
    site: Option<Site>,
    seen: Option<Snapshot>,
}

impl WizardWorker {
    /// A worker for this campus, or for none yet while one is chosen or set up.
    pub(super) fn new(
        site: Option<Site>,
        folders: Folders,
        keys: KeySource,
        screen_entry: ScreenEntry,
        deferred: DeferredWrite,
        in_flight: Arc<tokio::sync::Mutex<()>>,
    ) -> Self {
        let state = Mutex::new(State { site, seen: None });
        Self { folders, keys, screen_entry, http: OnceLock::new(), in_flight, state, stop: Mutex::default(), deferred }
    }

    /// The campus worked on; `None` until one is chosen or set up.
    pub(super) fn site(&self) -> Option<Site> {
        self.state().site.clone()
    }

    /// The HTTP client with a new deadline. Root certificates are loaded at the first use, to keep them out of the start-up time.
    fn http(&self, time: Duration) -> Result<Http, Failure> {
        let until = Instant::now() + time;
        if let Some(http) = self.http.get() {
            return Ok(http.until(until));
        }
        let http = tokio::task::block_in_place(|| Http::new(until))?;
        Ok(self.http.get_or_init(|| http).until(until))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session for one piece of work. It has its own deadline, and shares connections and request pace with the others.
    pub(super) fn session(&self) -> Result<CampusSession, Failure> {
        self.session_until(COMMAND_TIME)
    }

    /// A session whose requests neither start nor run past `time` from now.
    pub(super) fn session_until(&self, time: Duration) -> Result<CampusSession, Failure> {
        let site = self.site();
        let site = site.ok_or_else(|| Failure::new(FailureKind::Usage, "No campus is set up yet."))?;
        let http = self.http(time)?;
        // The keyring blocks its thread, for seconds if it hangs.
        tokio::task::block_in_place(|| {
            let keys = self.keys.of(&site);
            CampusSession::with(site, self.folders.clone(), keys, &http, Arc::clone(&self.in_flight))
        })
    }

    /// Merges new observations of a campus over the earlier ones, keeps the result and returns it. Those of a campus that was left
    /// meanwhile are only returned.
    pub(super) fn remember(&self, site: &Site, seen: Snapshot) -> Snapshot {
        let mut state = self.state();
        let open = |now: &Site| now.institution == site.institution && now.environment == site.environment;
        if !state.site.as_ref().is_some_and(open) {
            return seen;
        }
        let merged = match &state.seen {
            Some(before) => seen.over(before),
            None => seen,
        };
        state.seen = Some(merged.clone());
        merged
    }

    fn last_snapshot(&self, session: &CampusSession) -> Result<Snapshot, Failure> {
        let seen = self.state().seen.clone();
        seen.map_or_else(|| session.ops.snapshot_without_reads(), Ok)
    }

    async fn check(&self, steps: &[StepId]) -> Result<Box<msg::CheckReply>, Failure> {
        let session = self.session()?;
        let result = session.ops.check_with(steps, |snapshot| self.remember(&session.ops.site, snapshot)).await?;
        let keys = &session.ops.keys;
        Ok(Box::new(msg::CheckReply {
            result,
            keys_words: tokio::task::block_in_place(|| keys_words(&**keys)),
            store: tokio::task::block_in_place(|| key_store(&keys.store())),
        }))
    }

    /// Checks campuses for the board, and tells what was found at each.
    async fn read_board(
        &self,
        campuses: &[BoardKey],
        tell: impl Fn(BoardKey, Result<Box<BoardRow>, Failure>),
    ) -> Result<(), Failure> {
        let known = tokio::task::block_in_place(|| CampusFiles::new(self.folders.clone()).list())?.known;
        let choice = CampusChoice::among(self.folders.clone(), known);
        choice.read_board(&self.http(COMMAND_TIME)?, &self.keys, campuses, tell).await;
        Ok(())
    }

    async fn plan(&self, steps: &[StepId]) -> Result<Box<crate::engine::plan::Plan>, Failure> {
        let session = self.session()?;
        let (plan, checked) = session.ops.plan(steps).await?;
        self.remember(&session.ops.site, checked.snapshot);
        Ok(Box::new(plan))
    }

    async fn apply(
        &self,
        plan: crate::engine::plan::Plan<crate::engine::plan::Confirmed>,
    ) -> Result<Box<ApplyResult>, Failure> {
        let session = self.session()?;
        let seen = self.last_snapshot(&session)?;
        let (writer, _lock) = tokio::task::block_in_place(|| session.writer())?;
        let applied = session.ops.apply(&writer, plan, &seen).await?;
        self.remember(&session.ops.site, applied.snapshot.clone());
        Ok(Box::new(applied))
    }

    async fn undo(&self, consent: &Consent) -> Result<Box<(String, Report)>, Failure> {
        let session = self.session()?;
        let (writer, _lock) = tokio::task::block_in_place(|| session.writer())?;
        let done = session.ops.undo(&writer, consent).await?;
        let steps = [StepId::Partner, StepId::Parameters, StepId::Rota, StepId::Rule];
        let checked = session.ops.check_with(&steps, |snapshot| self.remember(&session.ops.site, snapshot)).await?;
        Ok(Box::new((done, checked.report)))
    }

    fn record(
        &self,
        keys: &[FieldKey],
        word: impl FnOnce(&RealOps) -> Result<BTreeMap<FieldKey, String>, Failure>,
    ) -> Result<Box<Report>, Failure> {
        let session = self.session()?;
        let entered = word(&session.ops)?;
        let mut seen = self.last_snapshot(&session)?;
        seen.journal = session.ops.journal_facts()?;
        self.state().seen = Some(seen.clone());
        let steps: Vec<StepId> =
            StepId::ALL.into_iter().filter(|id| keys.iter().any(|key| key.step() == Some(*id))).collect();
        let report = verify(Recipe::embedded(), &session.ops.site, &seen, &steps);
        self.screen_entry.enter(&session.ops.site.institution, &entered, &report);
        Ok(Box::new(report))
    }

    fn save(&self, draft: &SiteDraft, keys: &[(KeySlot, ApiKey)]) -> Result<Box<StoredCampus>, Failure> {
        self.deferred.settle();
        let site = draft.accept().map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(FailureKind::CampusFile, lines.join("\n"))
        })?;
        let files = CampusFiles::new(self.folders.clone());
        // For any campus but the open one this is a first set-up, which must not overwrite a file or keys.
        let ours = self.site().is_some_and(|own| own.institution == site.institution);
        if !ours {
            files.free(&site.institution)?;
        }
        let store = self.keys.of(&site);
        for (slot, key) in keys {
            store.keep(*slot, key)?;
        }
        if ours { files.save(draft) } else { files.save_first(draft) }?;
        if let Err(failure) = SetupFile::of(&self.folders).remove() {
            tracing::warn!(%failure, "the saved answers of the set-up were not removed");
        }
        // The file may have agreed differences, which the form does not show.
        self.switch_to(accepted(&files.find_in(&site.institution, Some(site.environment)))?)
    }

    /// Opens a campus that is already set up.
    fn open(&self, code: &CampusCode, environment: Option<Environment>) -> Result<Box<StoredCampus>, Failure> {
        self.deferred.settle();
        self.switch_to(accepted(&CampusFiles::new(self.folders.clone()).find_in(code, environment))?)
    }

    /// Makes this the campus worked on.
    fn switch_to(&self, site: Site) -> Result<Box<StoredCampus>, Failure> {
        let store = self.keys.of(&site);
        // A process has one log: if several campuses are opened, the log of the first one covers all.
        if let Err(failure) = log_to(&self.folders.state_of(&site.institution), false) {
            tracing::debug!(%failure, "no separate log");
        }
        *self.state() = State { site: Some(site.clone()), seen: None };
        let snapshot = self.session()?.ops.snapshot_without_reads()?;
        Ok(Box::new(StoredCampus {
            cards: cards(Recipe::embedded(), &site, &snapshot),
            keys_words: keys_words(&*store),
            store: key_store(&store.store()),
            last: self.last_session(),
            site,
        }))
    }

    /// Replaces the campus after its file changed, and keeps the observations.
    pub(super) fn replace_site(&self, site: Site) {
        self.state().site = Some(site);
    }

    /// A new stop signal for work that starts now; `stop_work` triggers the latest one.
    fn new_stop(&self) -> Stop {
        let stop = Stop::default();
        self.stop().clone_from(&stop);
        stop
    }

    fn stop(&self) -> MutexGuard<'_, Stop> {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn prove(
        &self,
        scope: ProofScope,
        consent: &Consent,
        stop: &Stop,
        tell: &(dyn Fn(ProofProgress) + Send + Sync),
    ) -> Result<Box<(ProofRun, Report)>, Failure> {
        let session = self.session_until(PROOF_TIME)?;
        let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
        let prover = Prover { ops: &session.ops, hands, tell, stop, held: InFlight::default() };
        let work = async {
            match scope {
                ProofScope::Chain => prover.prove_chain(consent, &BorrowingSource::Ours).await,
                ProofScope::Illiad => prover.prove(consent, TrafficResult::Suffices).await,
            }
        };
        let run = session.ops.unless_left(stop, Box::pin(work)).await?;
        let steps = [StepId::Parameters, StepId::Prove];
        let checked = session.ops.check_with(&steps, |snapshot| self.remember(&session.ops.site, snapshot)).await?;
        Ok(Box::new((run, checked.report)))
    }

    async fn work(self: Arc<Self>, work: Work, stop: Stop, tell: Tell) -> Msg {
        match work {
            Work::Prove { ticket, half, consent } => {
                let live = move |progress| tell(Msg::Proving { ticket, progress });
                Msg::Proved { ticket, result: self.prove(half, &consent, &stop, &live).await }
            }
            Work::Gates { ticket } => Msg::Gated { ticket, result: self.gates().await },
            Work::SetStance { ticket, to, consent } => {
                Msg::Gated { ticket, result: self.set_stance(to, &consent).await }
            }
            Work::HandOff { ticket } => Msg::HandedOff { ticket, result: self.hand_off().await },
            Work::Forecast { ticket, file } => {
                let live = move |done, all| tell(Msg::ForecastProgressed { ticket, done, all });
                Msg::ForecastEnded { ticket, result: self.forecast(&file, &stop, live).await }
            }
            Work::Check { ticket, steps } => Msg::Checked { ticket, result: self.check(&steps).await },
            Work::MakePlan { ticket, steps } => Msg::Planned { ticket, result: self.plan(&steps).await },
            Work::Apply { ticket, plan } => Msg::Applied { ticket, result: self.apply(*plan).await },
            Work::Undo { ticket, consent } => Msg::Undone { ticket, result: self.undo(&consent).await },
            Work::Attest { ticket, keys, note } => {
                let sign = |ops: &RealOps| Ok(ops.attest(&SignOffRequest::all(&keys), note)?.signed);
                Msg::Attested { ticket, result: self.record(&keys, sign) }
            }
            Work::Revoke { ticket, keys, note } => Msg::Attested {
                ticket,
                result: self.record(&keys, |ops| ops.revoke(&keys, note).map(|_| BTreeMap::new())),
            },
            Work::Show { ticket, fields } => {
                let keys: Vec<FieldKey> = fields.keys().cloned().collect();
                let record = |ops: &RealOps| ops.show(NewEvidence::pasted(fields));
                Msg::EvidenceRecorded { ticket, result: self.record(&keys, record) }
            }
            Work::Explore { ticket, draft, keys } => {
                let result = match self.http(COMMAND_TIME) {
                    Ok(http) => Ok(Box::new(explore::explore(&http, &self.keys, &draft, &keys).await)),
                    Err(failure) => Err(failure),
                };
                Msg::SystemsAnswered { ticket, result }
            }
            Work::OpenCampus { ticket, code, environment } => {
                let result = tokio::task::block_in_place(|| self.open(&code, environment));
                Msg::CampusStored { ticket, result }
            }
            Work::ReadBoard { ticket, campuses } => {
                let live = move |campus, result| tell(Msg::BoardProgressed { ticket, campus, result });
                Msg::BoardEnded { ticket, result: self.read_board(&campuses, live).await }
            }
            Work::SaveCampus { ticket, draft, keys } => {
                let result = tokio::task::block_in_place(|| self.save(&draft, &keys));
                Msg::CampusStored { ticket, result }
            }
        }
    }
}

impl crate::tui::Worker for WizardWorker {
    fn perform(self: Arc<Self>, work: Work, tell: Tell) -> Pin<Box<dyn Future<Output = Msg> + Send>> {
        // The first work arrives after the first screen is drawn, so the deferred write can start now.
        self.deferred.begin();
        // Created here, not inside the future: the user may stop the work before it is first polled.
        let may_stop = matches!(work, Work::Prove { .. } | Work::Forecast { .. });
        let stop = if may_stop { self.new_stop() } else { Stop::default() };
        Box::pin(self.work(work, stop, tell))
    }

    fn stop_work(&self) {
        self.stop().ask();
    }

    fn leave_work(&self) {
        self.stop().ask_to_leave();
    }

    fn written(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let in_flight = Arc::clone(&self.in_flight);
        // The lock is never released, so no further write can begin while the program exits.
        Box::pin(async move { std::mem::forget(in_flight.lock_owned().await) })
    }

    fn keep_setup(&self, begun: &SavedSetup) {
        if let Err(failure) = SetupFile::of(&self.folders).keep(begun) {
            tracing::warn!(%failure, "the answers of the set-up were not saved");
        }
    }

    fn long_answers(&self) -> Vec<WholeAnswer> {
        long_answers()
    }

    fn pause_left(&self) -> Option<Duration> {
        pause_left()
    }

    fn keeps_setup(&self, begun: &SavedSetup) -> bool {
        let kept = SetupFile::of(&self.folders).read();
        let same =
            |kept: &SavedSetup| CampusField::ALL.iter().all(|slot| kept.draft.get(*slot) == begun.draft.get(*slot));
        matches!(kept, Ok(Some(kept)) if same(&kept))
    }
}

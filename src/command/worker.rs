//! Does what the wizard asks for, with the verbs and the real adapters; every piece of work ends in exactly one message.
use super::explore;
use super::hand::Hand;
use super::key_source::{KeySource, keys_words, told};
use super::later::Later;
use super::session::{COMMAND, PROOF, RealBench, Session};
use crate::drive::{Applied, BorrowingSource, Proven, Prover, Stop, TrafficResult};
use crate::engine::card::{Card, CardScope, card};
use crate::engine::journal::{
    Activity, EvidenceSource as From, ProofScope, Target, UndoState, evidence, key_write, proofs, sign_offs,
    voided_sign_offs,
};
use crate::engine::judge::{Report, Snapshot, verify};
use crate::engine::observed::Observation;
use crate::engine::probe::ProofProgress;
use crate::failure::{Failure, FailureKind};
use crate::io::SetupFile;
use crate::io::{CampusFiles, Folders, Http, log_to};
use crate::ports::Journal as _;
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, CampusField, SavedSetup, Site, SiteDraft};
use crate::tui::Tell;
use crate::tui::msg::{self, Msg, Saved, Work};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The wizard's worker.
pub(super) struct Bench {
    folders: Folders,
    keys: KeySource,
    pub(super) hand: Hand,
    http: OnceLock<Http>,
    in_flight: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<State>,
    /// The wish to stop the proof or the forecast under way.
    stop: Mutex<Stop>,
    /// Settled before the campus file is read or written.
    pub(super) later: Later,
}

/// The campus worked on and what was last seen of it.
#[derive(Default)]
struct State {
    site: Option<Site>,
    seen: Option<Snapshot>,
}

impl Bench {
    /// On this campus, or on none yet.
    pub(super) fn new(
        site: Option<Site>,
        folders: Folders,
        keys: KeySource,
        hand: Hand,
        later: Later,
        in_flight: Arc<tokio::sync::Mutex<()>>,
    ) -> Self {
        let state = Mutex::new(State { site, seen: None });
        Self { folders, keys, hand, http: OnceLock::new(), in_flight, state, stop: Mutex::default(), later }
    }

    /// The campus worked on.
    pub(super) fn site(&self) -> Option<Site> {
        self.state().site.clone()
    }

    /// Where its files are.
    pub(super) fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Where its keys are.
    pub(super) fn key_source(&self) -> &KeySource {
        &self.keys
    }

    /// The client, its root certificates loaded at the first use and not before the first screen; with a new deadline.
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

    /// A session for one piece of work: its own deadline, the connections and the pace shared.
    pub(super) fn session(&self) -> Result<Session, Failure> {
        self.session_until(COMMAND)
    }

    /// A session whose requests neither start nor run past `time` from now.
    pub(super) fn session_until(&self, time: Duration) -> Result<Session, Failure> {
        let site = self.site();
        let site = site.ok_or_else(|| Failure::new(FailureKind::Usage, "No campus is set up yet."))?;
        let http = self.http(time)?;
        // The keyring blocks its thread, for seconds if it hangs.
        Ok(tokio::task::block_in_place(|| {
            let keys = self.keys.of(&site);
            Session::with(site, self.folders.clone(), keys, &http, Arc::clone(&self.in_flight))
        }))
    }

    /// What was seen now, over what was seen before.
    pub(super) fn remember(&self, seen: Snapshot) -> Snapshot {
        let mut state = self.state();
        let merged = match &state.seen {
            Some(before) => seen.over(before),
            None => seen,
        };
        state.seen = Some(merged.clone());
        merged
    }

    fn before(&self, session: &Session) -> Result<Snapshot, Failure> {
        let seen = self.state().seen.clone();
        seen.map_or_else(|| session.bench.unseen(), Ok)
    }

    async fn check(&self, steps: &[StepId]) -> Result<Box<msg::Looked>, Failure> {
        let session = self.session()?;
        let looked = session.bench.check(steps).await?;
        let snapshot = self.remember(looked.snapshot);
        let report = verify(Recipe::embedded(), &session.bench.site, &snapshot, steps);
        let (keys, lines) = (&session.bench.keys, session.bench.journal.read()?);
        Ok(Box::new(msg::Looked {
            report,
            cards: cards(&session.bench.site, &snapshot),
            keys_words: tokio::task::block_in_place(|| keys_words(keys)),
            store: tokio::task::block_in_place(|| told(&keys.store())),
            remarks: looked.remarks,
            undoable: UndoState::of(&lines, session.bench.site.environment),
            trace: Activity::of(&lines, session.bench.site.environment),
        }))
    }

    async fn plan(&self, steps: &[StepId]) -> Result<Box<crate::engine::plan::Plan>, Failure> {
        let session = self.session()?;
        let (plan, looked) = session.bench.plan(steps).await?;
        self.remember(looked.snapshot);
        Ok(Box::new(plan))
    }

    async fn apply(
        &self,
        plan: crate::engine::plan::Plan<crate::engine::plan::Confirmed>,
    ) -> Result<Box<msg::Applied>, Failure> {
        let session = self.session()?;
        let seen = self.before(&session)?;
        let (writer, _lock) = tokio::task::block_in_place(|| session.writer())?;
        let Applied { results, report, snapshot, remarks, failure } = session.bench.apply(&writer, plan, &seen).await?;
        self.remember(snapshot);
        Ok(Box::new(msg::Applied { results, report, warnings: remarks, failure }))
    }

    async fn undo(&self) -> Result<Box<(String, Report)>, Failure> {
        let session = self.session()?;
        let (writer, _lock) = tokio::task::block_in_place(|| session.writer())?;
        let done = session.bench.undo(&writer).await?;
        let steps = [StepId::Partner, StepId::Parameters, StepId::Rota, StepId::Rule];
        let looked = session.bench.check(&steps).await?;
        let snapshot = self.remember(looked.snapshot);
        Ok(Box::new((done, verify(Recipe::embedded(), &session.bench.site, &snapshot, &steps))))
    }

    fn say(
        &self,
        keys: &[FieldKey],
        word: impl FnOnce(&RealBench) -> Result<(), Failure>,
    ) -> Result<Box<Report>, Failure> {
        let session = self.session()?;
        word(&session.bench)?;
        let lines = session.bench.journal.read()?;
        let mut seen = self.before(&session)?;
        let target = Target::of(&session.bench.site);
        seen.said = sign_offs(&lines, &target);
        seen.voided = voided_sign_offs(&lines, &target);
        seen.shown = evidence(&lines, &target);
        seen.key_written = key_write(&lines, target.environment);
        seen.proofs = proofs(&lines);
        self.state().seen = Some(seen.clone());
        let steps: Vec<StepId> =
            StepId::ALL.into_iter().filter(|id| keys.iter().any(|key| key.step() == Some(*id))).collect();
        let report = verify(Recipe::embedded(), &session.bench.site, &seen, &steps);
        self.hand.follow(lines.last(), &report);
        Ok(Box::new(report))
    }

    fn save(&self, draft: &SiteDraft, keys: &[(KeySlot, ApiKey)]) -> Result<Box<Saved>, Failure> {
        self.later.settle();
        let site = draft.accept().map_err(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(FailureKind::CampusFile, told.join("\n"))
        })?;
        let files = CampusFiles::new(self.folders.clone());
        // Of any other campus it is the first set-up, which writes over no file and no keys.
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
            tracing::warn!(%failure, "the answers of the set-up are still kept");
        }
        self.take(site)
    }

    /// A campus that is set up already.
    fn open(&self, code: &CampusCode) -> Result<Box<Saved>, Failure> {
        self.later.settle();
        self.take(CampusFiles::new(self.folders.clone()).load(code)?)
    }

    /// From now on this campus is worked on.
    fn take(&self, site: Site) -> Result<Box<Saved>, Failure> {
        let store = self.keys.of(&site);
        // Of several campuses opened in one session the first one's log tells of all.
        if let Err(failure) = log_to(&self.folders.log_of(&site.institution), false) {
            tracing::debug!(%failure, "no log of its own");
        }
        *self.state() = State { site: Some(site.clone()), seen: None };
        let snapshot = self.session()?.bench.unseen()?;
        Ok(Box::new(Saved {
            cards: cards(&site, &snapshot),
            keys_words: keys_words(&store),
            store: told(&store.store()),
            broken: self.broken_off(),
            site,
        }))
    }

    /// The campus file says this now; what was seen of both systems stays seen.
    pub(super) fn now_on(&self, site: Site) {
        self.state().site = Some(site);
    }

    /// Work that may be stopped from now on.
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
        half: ProofScope,
        stop: &Stop,
        tell: &(dyn Fn(ProofProgress) + Send + Sync),
    ) -> Result<Box<msg::Proved>, Failure> {
        let session = self.session_until(PROOF)?;
        let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
        let prover = Prover { bench: &session.bench, hands, tell, stop };
        let proven = match half {
            ProofScope::Chain => Proven::Ran(Box::new(prover.prove_chain(&BorrowingSource::Ours).await?)),
            ProofScope::Illiad => prover.prove(TrafficResult::Suffices).await?,
        };
        let steps = [StepId::Parameters, StepId::Prove];
        let looked = session.bench.check(&steps).await?;
        let snapshot = self.remember(looked.snapshot);
        let report = verify(Recipe::embedded(), &session.bench.site, &snapshot, &steps);
        let (showed, by_traffic, made, left, failure) = match proven {
            Proven::ByTraffic(words) => (None, Some(words), Vec::new(), Vec::new(), None),
            Proven::Ran(ran) => (ran.showed, None, ran.made, ran.left, ran.failure),
        };
        Ok(Box::new(msg::Proved { showed, by_traffic, made, left, failure, report }))
    }

    async fn work(self: Arc<Self>, work: Work, stop: Stop, tell: Tell) -> Msg {
        match work {
            Work::Prove { ticket, half } => {
                let live = move |progress| tell(Msg::Proving { ticket, progress });
                Msg::Proved { ticket, result: self.prove(half, &stop, &live).await }
            }
            Work::Gates { ticket } => Msg::Gated { ticket, result: self.gates().await },
            Work::SetStance { ticket, to } => Msg::Gated { ticket, result: self.set_stance(to).await },
            Work::HandOff { ticket } => Msg::HandedOff { ticket, result: self.hand_off().await },
            Work::Forecast { ticket, file } => {
                let live = move |done, all| tell(Msg::ForecastProgressed { ticket, done, all });
                Msg::ForecastEnded { ticket, result: self.foretell(&file, &stop, live).await }
            }
            Work::Check { ticket, steps } => Msg::Checked { ticket, result: self.check(&steps).await },
            Work::MakePlan { ticket, steps } => Msg::Planned { ticket, result: self.plan(&steps).await },
            Work::Apply { ticket, plan } => Msg::Applied { ticket, result: self.apply(*plan).await },
            Work::Undo { ticket } => Msg::Undone { ticket, result: self.undo().await },
            Work::Attest { ticket, keys, note } => {
                Msg::Attested { ticket, result: self.say(&keys, |bench| bench.attest(&keys, note).map(drop)) }
            }
            Work::Revoke { ticket, keys, note } => {
                Msg::Attested { ticket, result: self.say(&keys, |bench| bench.revoke(&keys, note).map(drop)) }
            }
            Work::Show { ticket, fields } => {
                let keys: Vec<FieldKey> = fields.keys().cloned().collect();
                let record = |bench: &RealBench| bench.show(From::Pasted, fields, BTreeMap::new());
                Msg::Shown { ticket, result: self.say(&keys, record) }
            }
            Work::Explore { ticket, draft, keys } => {
                let result = match self.http(COMMAND) {
                    Ok(http) => Ok(Box::new(explore::explore(&http, &self.keys, &draft, &keys).await)),
                    Err(failure) => Err(failure),
                };
                Msg::Explored { ticket, result }
            }
            Work::OpenCampus { ticket, code } => {
                Msg::Saved { ticket, result: tokio::task::block_in_place(|| self.open(&code)) }
            }
            Work::SaveCampus { ticket, draft, keys } => {
                let result = tokio::task::block_in_place(|| self.save(&draft, &keys));
                Msg::Saved { ticket, result }
            }
        }
    }
}

impl crate::tui::Worker for Bench {
    fn perform(self: Arc<Self>, work: Work, tell: Tell) -> Pin<Box<dyn Future<Output = Msg> + Send>> {
        // No work is asked for before the first screen stands.
        self.later.begin();
        // Made here and not when the work begins to run: a wish to stop may come before that.
        let may_stop = matches!(work, Work::Prove { .. } | Work::Forecast { .. });
        let stop = if may_stop { self.new_stop() } else { Stop::default() };
        Box::pin(self.work(work, stop, tell))
    }

    fn stop_work(&self) {
        self.stop().ask();
    }

    fn written(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let in_flight = Arc::clone(&self.in_flight);
        // Never given back: once somebody leaves, no write begins any more.
        Box::pin(async move { std::mem::forget(in_flight.lock_owned().await) })
    }

    fn keep_setup(&self, begun: &SavedSetup) {
        if let Err(failure) = SetupFile::of(&self.folders).keep(begun) {
            tracing::warn!(%failure, "the answers of the set-up were not kept");
        }
    }

    fn keeps_setup(&self, begun: &SavedSetup) -> bool {
        let kept = SetupFile::of(&self.folders).read();
        let same =
            |kept: &SavedSetup| CampusField::ALL.iter().all(|slot| kept.draft.get(*slot) == begun.draft.get(*slot));
        matches!(kept, Ok(Some(kept)) if same(&kept))
    }
}

/// The value cards of all steps that have any.
pub(super) fn cards(site: &Site, snapshot: &Snapshot) -> Vec<Card> {
    let recipe = Recipe::embedded();
    let with_fields = recipe.steps.iter().filter(|step| !step.groups.is_empty());
    with_fields.map(|step| card(recipe, site, snapshot, step.id, CardScope::Whole)).collect()
}

/// A read that was not possible yet, for a reason.
pub(super) fn not_yet<T>(what: &str, next: &str) -> Observation<T> {
    Observation::Unread(crate::engine::observed::UnreadReason::new(
        crate::engine::observed::UnreadKind::NotAsked,
        what,
        next,
    ))
}

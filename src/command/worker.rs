//! Does what the wizard asks for, with the verbs and the real adapters; every piece of work ends in exactly one message.
use super::explore;
use super::session::{COMMAND, RealBench, Session};
use crate::drive::{Applied, WriteResult as Result_};
use crate::engine::{Card, CardScope, Report, Seen, Snapshot, Source, card, key_written, said, shown, verify};
use crate::failure::{Failure, Kind};
use crate::io::{CampusFiles, Folders, Http, Keyring};
use crate::ports::{Journal as _, KeyOrigin, Keys};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Site, SiteDraft};
use crate::tui::msg::{self, Msg, Saved, Work, WriteResult};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// Where keys come from.
#[derive(Clone)]
pub(super) enum KeySource {
    /// This user's environment and keyring.
    Keyring(Keyring),
    /// These, for this run only.
    Given(Arc<dyn Keys>),
}

impl KeySource {
    /// The keys of a campus.
    pub(super) fn of(&self, site: &Site) -> Arc<dyn Keys> {
        match self {
            Self::Keyring(keyring) => Arc::new(keyring.of(&site.institution, site.environment)),
            Self::Given(keys) => Arc::clone(keys),
        }
    }
}

/// The wizard's worker.
pub(super) struct Bench {
    folders: Folders,
    keys: KeySource,
    http: OnceLock<Http>,
    in_flight: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<State>,
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
        in_flight: Arc<tokio::sync::Mutex<()>>,
    ) -> Self {
        Self { folders, keys, http: OnceLock::new(), in_flight, state: Mutex::new(State { site, seen: None }) }
    }

    /// The client, its root certificates loaded at the first use and not before the first screen; with a new deadline.
    fn http(&self) -> Result<Http, Failure> {
        let until = Instant::now() + COMMAND;
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
    fn session(&self) -> Result<Session, Failure> {
        let site = self.state().site.clone();
        let site = site.ok_or_else(|| Failure::new(Kind::Usage, "No campus is set up yet."))?;
        let http = self.http()?;
        // The keyring blocks its thread, for seconds if it hangs.
        Ok(tokio::task::block_in_place(|| {
            let keys = self.keys.of(&site);
            Session::with(site, self.folders.clone(), keys, &http, Arc::clone(&self.in_flight))
        }))
    }

    /// What was seen now, over what was seen before.
    fn remember(&self, seen: Snapshot) -> Snapshot {
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
        let keys = &session.bench.keys;
        Ok(Box::new(msg::Looked {
            report,
            cards: cards(&session.bench.site, &snapshot),
            keys_words: tokio::task::block_in_place(|| keys_words(keys)),
            store: tokio::task::block_in_place(|| keys.store().words),
            remarks: looked.remarks,
        }))
    }

    async fn plan(&self, steps: &[StepId]) -> Result<Box<crate::engine::Plan>, Failure> {
        let session = self.session()?;
        let (plan, looked) = session.bench.plan(steps).await?;
        self.remember(looked.snapshot);
        Ok(Box::new(plan))
    }

    async fn apply(&self, plan: crate::engine::Plan<crate::engine::Confirmed>) -> Result<Box<msg::Applied>, Failure> {
        let session = self.session()?;
        let seen = self.before(&session)?;
        let (writer, _lock) = tokio::task::block_in_place(|| session.writer())?;
        let Applied { results, report, snapshot, remarks, failure } = session.bench.apply(&writer, plan, &seen).await?;
        self.remember(snapshot);
        let results = results.into_iter().map(|(change, result)| (change, result_of(result))).collect();
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
        seen.said = said(&lines);
        seen.shown = shown(&lines);
        seen.key_written = key_written(&lines);
        self.state().seen = Some(seen.clone());
        let steps: Vec<StepId> =
            StepId::ALL.into_iter().filter(|id| keys.iter().any(|key| key.step() == Some(*id))).collect();
        Ok(Box::new(verify(Recipe::embedded(), &session.bench.site, &seen, &steps)))
    }

    fn save(&self, draft: &SiteDraft, keys: &[(KeySlot, ApiKey)]) -> Result<Box<Saved>, Failure> {
        let site = draft.accept().map_err(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(Kind::CampusFile, told.join("\n"))
        })?;
        let store = self.keys.of(&site);
        for (slot, key) in keys {
            store.set(*slot, key)?;
        }
        CampusFiles::new(self.folders.clone()).save(draft)?;
        self.take(site)
    }

    /// A campus that is set up already.
    fn open(&self, code: &CampusCode) -> Result<Box<Saved>, Failure> {
        self.take(CampusFiles::new(self.folders.clone()).load(code)?)
    }

    /// From now on this campus is worked on.
    fn take(&self, site: Site) -> Result<Box<Saved>, Failure> {
        let store = self.keys.of(&site);
        *self.state() = State { site: Some(site.clone()), seen: None };
        let snapshot = self.session()?.bench.unseen()?;
        Ok(Box::new(Saved {
            cards: cards(&site, &snapshot),
            keys_words: keys_words(&store),
            store: store.store().words,
            site,
        }))
    }

    async fn work(self: Arc<Self>, work: Work) -> Msg {
        match work {
            Work::Check { ticket, steps } => Msg::Checked { ticket, result: self.check(&steps).await },
            Work::MakePlan { ticket, steps } => Msg::Planned { ticket, result: self.plan(&steps).await },
            Work::Apply { ticket, plan } => Msg::Applied { ticket, result: self.apply(*plan).await },
            Work::Undo { ticket } => Msg::Undone { ticket, result: self.undo().await },
            Work::Attest { ticket, keys, note } => {
                Msg::Attested { ticket, result: self.say(&keys, |bench| bench.attest(&keys, note)) }
            }
            Work::Revoke { ticket, keys, note } => {
                Msg::Attested { ticket, result: self.say(&keys, |bench| bench.revoke(&keys, note)) }
            }
            Work::Show { ticket, fields } => {
                let keys: Vec<FieldKey> = fields.keys().cloned().collect();
                let record = |bench: &RealBench| bench.show(Source::Pasted, fields, BTreeMap::new());
                Msg::Shown { ticket, result: self.say(&keys, record) }
            }
            Work::Explore { ticket, draft, alma_key, illiad_key } => {
                let result = match self.http() {
                    Ok(http) => Ok(Box::new(explore::explore(&http, &self.keys, &draft, alma_key, illiad_key).await)),
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
    fn perform(self: Arc<Self>, work: Work) -> Pin<Box<dyn Future<Output = Msg> + Send>> {
        Box::pin(self.work(work))
    }
}

fn result_of(result: Result_) -> WriteResult {
    match result {
        Result_::Written => WriteResult::Written,
        Result_::Kept => WriteResult::Kept,
        Result_::Refused => WriteResult::Refused,
        Result_::ByHand => WriteResult::ByHand,
    }
}

/// The value cards of all steps that have any.
pub(super) fn cards(site: &Site, snapshot: &Snapshot) -> Vec<Card> {
    let recipe = Recipe::embedded();
    let with_fields = recipe.steps.iter().filter(|step| !step.groups.is_empty());
    with_fields.map(|step| card(recipe, site, snapshot, step.id, CardScope::Whole)).collect()
}

/// What can be said of each key.
pub(super) fn keys_words(keys: &impl Keys) -> Vec<(KeySlot, String)> {
    let words = |slot| match keys.get(slot) {
        Ok(Some((key, KeyOrigin::Environment))) => format!("{}, from the environment", key.described()),
        Ok(Some((key, KeyOrigin::Keyring))) => format!("{}, from the keyring", key.described()),
        Ok(Some((key, KeyOrigin::ThisRun))) => format!("{}, this run only", key.described()),
        Ok(None) => "not set".to_owned(),
        Err(failure) => format!("unknown: {}", failure.what),
    };
    KeySlot::ALL.map(|slot| (slot, words(slot))).into()
}

/// A read that was not possible yet, for a reason.
pub(super) fn not_yet<T>(what: &str, next: &str) -> Seen<T> {
    Seen::Unread(crate::engine::Unread::new(crate::engine::WhyUnread::NotAsked, what, next))
}

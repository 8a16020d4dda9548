//! What every proof needs: clients that make and cancel requests, a way to watch them, and a journal that knows of each
//! request before it is made.
use super::campus_ops::CampusOps;
use super::gather::ClientResult;
use super::stop::Stop;
use crate::engine;
use crate::engine::journal::{
    JournalEntry, JournalEvent, ProbeEnd, ProbeKind, ProbePlace, ProbeRecord, ProbeToken, ProofResult, RequestByHand,
    System, Target,
};
use crate::engine::judge::Route;
use crate::engine::observed::{ListExtent, RowList, Transaction, UnreadKind, UnreadReason};
use crate::engine::probe::{LOOKS, Ours, ProofProgress, ProofWait, RequestView, WatchState, listed_as_ours};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, failed};
use crate::recipe::Recipe;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// How long after it was sent a request may still appear. Longer than any time-out for an answer.
pub(super) const LATE: Duration = Duration::from_secs(20);

/// The clients that make and cancel test requests, and the pace of the pauses between looks.
#[derive(Debug)]
pub struct ProofClients<W, R> {
    pub illiad: W,
    /// The client for Alma, or the reason why it cannot be made.
    pub alma: ClientResult<R>,
    /// Pauses are divided by this: 1 on real systems, more in a practice world that is that much faster.
    pub hurry: u32,
}

/// Runs proofs on one campus.
pub struct Prover<'a, A, I, W, R> {
    pub ops: &'a CampusOps<A, I>,
    pub hands: ProofClients<W, R>,
    /// Receives the progress messages.
    pub tell: &'a (dyn Fn(ProofProgress) + Send + Sync),
    /// Tells whether the user wants to stop.
    pub stop: &'a Stop,
    /// Empty until the first test request is looked after.
    pub held: InFlight,
}

/// The campus's lock for writing, and what the journal did not take. The prover holds the lock from the first test request that it makes
/// or cancels until it is dropped. The program waits for this lock before it exits, so the result is printed first.
#[derive(Debug, Default)]
pub struct InFlight {
    lock: Mutex<Option<OwnedMutexGuard<()>>>,
    /// Events that could not be journaled. This run reports by them too; a later one reads the systems again.
    unnoted: Mutex<Vec<(JournalEntry, Failure)>>,
}

/// Whether a pause was as long as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    Whole,
    /// The user wanted to stop.
    Cut,
}

/// A request in ILLiad that is being watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Live {
    /// What the journal knew of it when it was found.
    pub(super) one: ProbeRecord,
    pub(super) number: i64,
    pub(super) sight: Option<RequestView>,
}

/// Turns the reason why something could not be read into a failure.
pub(super) fn could_not(what: &str, why: &UnreadReason) -> Failure {
    failed(kind_of(why), why.within(|words| format!("{what}: {words}")))
}

/// The reason why an answer about something else than our own request is not read any further.
pub(super) fn not_ours(why: &str) -> UnreadReason {
    let what = format!("{why}; it may be someone else's, so it was not touched");
    UnreadReason::new(UnreadKind::Nonsense, what, "find the test request by the token in its title")
}

/// Refuses to say that something is not there when its list may be cut.
pub(super) fn known_whole(extent: &ListExtent, whose: &str) -> Result<(), Failure> {
    match extent {
        ListExtent::Whole => Ok(()),
        ListExtent::Cut(why) => Err(Failure::new(
            FailureKind::Refused,
            format!("{whose} may be incomplete ({why}), so the test request may still be there"),
        )
        .hint("search the titles for its token by hand")),
    }
}

/// The kind of failure that something unread leads to.
pub(super) fn kind_of(why: &UnreadReason) -> FailureKind {
    match why.why {
        UnreadKind::NoKey(_)
        | UnreadKind::KeyUnfit
        | UnreadKind::KeyRefused
        | UnreadKind::NotAllowed
        | UnreadKind::WrongCampus => FailureKind::Key,
        UnreadKind::Network | UnreadKind::Down | UnreadKind::Limit => FailureKind::Network,
        UnreadKind::Nonsense | UnreadKind::Unaskable | UnreadKind::NotAsked => FailureKind::Refused,
    }
}

/// Refuses to say that something is not there when the journal does not tell where it was made.
pub(super) fn known_place(one: &ProbeRecord, system: System) -> Result<(), Failure> {
    if one.side(system).place == ProbePlace::Here {
        return Ok(());
    }
    let what =
        format!("{} is not in this {}. The journal does not say where it was created", one.name(), system.as_str());
    Err(Failure::new(FailureKind::Refused, what)
        .hint("search the titles for its token wherever it may have been created"))
}

fn perhaps(number: i64) -> Failure {
    let what = format!(
        "{number} in ILLiad has the id that Alma gave the test request, but not its title: it may be someone else's, so it was not touched"
    );
    Failure::new(FailureKind::Refused, what).hint("open it, and cancel it by hand if it is the test request")
}

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    pub(super) fn say(&self, about: impl Into<Option<ProbeKind>>, words: impl Into<String>) {
        (self.tell)(ProofProgress { about: about.into(), words: words.into(), wait: None });
    }

    /// Says what is done from now on, for how long at most, and what happens then.
    pub(super) fn say_wait(&self, words: &str, pauses: impl IntoIterator<Item = Duration>, then: &'static str) {
        let at_most = pauses.into_iter().sum::<Duration>() / self.hands.hurry;
        (self.tell)(ProofProgress { about: None, words: words.to_owned(), wait: Some(ProofWait { at_most, then }) });
    }

    /// Writes to the journal. If that fails it says so and keeps the event for this run, because what was made must still be
    /// cancelled.
    pub(super) fn note_down(&self, entry: JournalEvent) {
        if let Err(failure) = self.ops.journal.append(entry.clone()) {
            self.say(None, failure.plain());
            let entry = JournalEntry { at: self.ops.clock.now(), by: String::new(), entry };
            self.unnoted().push((entry, failure));
        }
    }

    fn unnoted(&self) -> MutexGuard<'_, Vec<(JournalEntry, Failure)>> {
        self.held.unnoted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The failure of a run of which the journal did not take everything.
    pub(super) fn not_noted(&self) -> Option<Failure> {
        let (_, failure) = self.unnoted().first()?.clone();
        let again = format!("then, to note how they ended: {}", self.ops.site.confirmed("prove --clean"));
        Some(failure.after("What this run showed could not be noted").hint(again))
    }

    pub(super) fn ended(&self, token: &ProbeToken, system: System, end: ProbeEnd) {
        self.note_down(JournalEvent::ProbeEnded { token: token.clone(), system, end });
    }

    /// Waits, but stops early when the user wants to stop.
    pub(super) async fn pause(&self, time: Duration) -> Pause {
        tokio::select! {
            () = tokio::time::sleep(time / self.hands.hurry) => Pause::Whole,
            () = self.stop.heard() => Pause::Cut,
        }
    }

    /// Takes the lock for writing, unless this prover has it already, and keeps it.
    pub(super) async fn hold(&self) {
        let held = || self.held.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if held().is_none() {
            let guard = Arc::clone(&self.ops.in_flight).lock_owned().await;
            *held() = Some(guard);
        }
    }

    /// Waits before the next look, whatever the user wants.
    pub(super) async fn wait(&self) {
        tokio::time::sleep(LOOKS[0] / self.hands.hurry).await;
    }

    /// The routing that the procedure wants.
    pub fn route(&self) -> Result<Route, Failure> {
        Ok(Route::wanted(Recipe::embedded(), &self.ops.site, &self.ops.snapshot_without_reads()?))
    }

    /// A unique token, by which a request of unknown outcome is found again.
    fn token(&self, kind: ProbeKind) -> ProbeToken {
        let now = self.ops.clock.now();
        let seed = serde_json::json!([now.as_nanosecond().to_string(), kind.title(), std::process::id()]);
        ProbeToken::of(now, &engine::plan::digest_of(&seed))
    }

    /// Journals that a request is about to be made, or that one placed by hand is about to be used.
    pub(super) fn begin(
        &self,
        kind: ProbeKind,
        patron: &str,
        by_hand: Option<RequestByHand>,
    ) -> Result<ProbeRecord, Failure> {
        let token = self.token(kind);
        let site = &self.ops.site;
        self.ops.journal.append(JournalEvent::ProbeBegun {
            token: token.clone(),
            kind,
            patron: patron.to_owned(),
            environment: site.environment,
            target: Some(Target::of(site)),
            by_hand,
        })?;
        self.known(&token)
    }

    /// Journals what a proof showed, and where.
    pub(super) fn note_proof(&self, showed: ProofResult) {
        self.note_down(JournalEvent::Proved { showed, target: Some(Target::of(&self.ops.site)) });
    }

    /// Journals the number and the status of a request of ours that was read by that number, before anything else is done.
    pub(super) fn numbered(&self, one: &ProbeRecord, ours: &Ours<Transaction>) -> Live {
        let mut live = self.with_number(one, ours.found().number);
        self.saw(&mut live, RequestView::Status(ours.found().status.clone()));
        live
    }

    /// Journals that a request was made and does not exist any more.
    pub(super) fn gone(&self, one: &ProbeRecord, number: i64) -> Live {
        let mut live = self.with_number(one, number);
        self.saw(&mut live, RequestView::Gone);
        live
    }

    /// Journals the number of a request that nobody has read by it yet.
    pub(super) fn with_number(&self, one: &ProbeRecord, number: i64) -> Live {
        self.note_down(JournalEvent::ProbeNumbered {
            token: one.token.clone(),
            system: System::Illiad,
            number: number.to_string(),
            tag: None,
        });
        Live { one: one.clone(), number, sight: None }
    }

    /// Reads a request in ILLiad. `None` when ILLiad has no such number and does not list it either. A request that is not ours is unread.
    pub(super) async fn read_ours(
        &self,
        one: &ProbeRecord,
        number: i64,
    ) -> Result<Option<Ours<Transaction>>, UnreadReason> {
        match self.ops.clients.illiad.transaction(number).await? {
            None => self.missing_in_illiad(one, number).await.map(|()| None),
            Some(read) => Ours::in_illiad(&self.ops.site, one, &read).map(Some).map_err(|why| not_ours(&why)),
        }
    }

    fn saw(&self, live: &mut Live, sight: RequestView) {
        if live.sight.as_ref() == Some(&sight) {
            return;
        }
        match &sight {
            RequestView::Status(status) => {
                self.note_down(JournalEvent::ProbeSeen {
                    token: live.one.token.clone(),
                    system: System::Illiad,
                    status: status.clone(),
                });
                self.say(live.one.kind, format!("{} is in \"{}\"", live.number, crate::text::clean(status, 80)));
            }
            RequestView::Gone => self.say(live.one.kind, format!("{} is no longer in ILLiad", live.number)),
        }
        live.sight = Some(sight);
    }

    /// Reads the request once. Returns whether it could be read.
    async fn look(&self, live: &mut Live) -> bool {
        let sight = match self.read_ours(&live.one, live.number).await {
            Ok(Some(ours)) => RequestView::Status(ours.found().status.clone()),
            Ok(None) => RequestView::Gone,
            Err(why) => {
                self.say(live.one.kind, why.plain());
                return false;
            }
        };
        self.saw(live, sight);
        true
    }

    /// Watches the probe until it leaves its first status, and the twin for a moment longer.
    pub(super) async fn watch(&self, route: &Route, probe: &mut Live, mut twin: Option<&mut Live>) -> WatchState {
        let waits = |live: &Live| !matches!(&live.sight, Some(sight) if !matches!(sight, RequestView::Status(s) if route.awaits(s)));
        let mut seen_last = false;
        let then = "If nothing moved it by then, the rule did not work. Either way the test requests are cancelled.";
        self.say_wait("watching where ILLiad puts the test requests", LOOKS.into_iter().chain([LOOKS[0]]), then);
        for (nth, pause) in LOOKS.into_iter().enumerate() {
            let mut paused = self.pause(pause).await;
            seen_last = self.look(probe).await;
            if let Some(twin) = twin.as_deref_mut() {
                self.look(twin).await;
            }
            if !waits(probe) {
                if let (Some(twin), true) = (twin, nth > 0) {
                    // The twin was made a moment after the probe, so ILLiad may route it a moment later too.
                    paused = self.pause(LOOKS[0]).await;
                    self.look(twin).await;
                }
                // Where the pause was cut short, ILLiad may not have got to one of them yet.
                return if paused == Pause::Cut { WatchState::CutShort } else { WatchState::ToTheEnd };
            }
            if self.stop.asked() {
                return WatchState::CutShort;
            }
        }
        if seen_last { WatchState::ToTheEnd } else { WatchState::CutShort }
    }

    /// Looks in ILLiad for a request of unknown outcome by its token, until it is too late for it to appear. Returns the
    /// number to read it by. `None` only when the whole list of the host where it was made does not hold it.
    pub(super) async fn search(&self, one: &ProbeRecord) -> Result<Option<i64>, Failure> {
        let mut age = self.age(one.begun);
        let looks = LATE.saturating_sub(age).max(LOOKS[0]);
        self.say_wait("looking for it in ILLiad", [looks], "If it does not appear by then, it was not created.");
        loop {
            let RowList { rows, extent } = self.requests_of(&one.patron).await?;
            let tagged = |found: &&Transaction| one.tag.is_some() && found.cited_in == one.tag;
            let like_it = rows.iter().find(tagged).map(|found| found.number);
            if let Some(number) = listed_as_ours(&self.ops.site, one, &rows).into_iter().next() {
                return Ok(Some(number));
            }
            if age >= LATE {
                known_whole(&extent, "The list of the test patron's requests in ILLiad")?;
                known_place(one, System::Illiad)?;
                return like_it.map_or(Ok(None), |number| Err(perhaps(number)));
            }
            self.wait().await;
            age += LOOKS[0];
        }
    }

    /// The test patron's requests in ILLiad.
    pub(super) async fn requests_of(&self, patron: &str) -> Result<RowList<Transaction>, Failure> {
        let requests = self.ops.clients.illiad.user_requests(patron).await;
        let requests =
            requests.map_err(|why| could_not("The test patron's requests in ILLiad could not be read", &why))?;
        requests.ok_or_else(|| {
            Failure::new(
                FailureKind::Refused,
                "ILLiad does not know the test patron, so their requests could not be listed",
            )
            .hint(self.ops.site.command("check patrons"))
        })
    }

    pub(super) fn age(&self, begun: Timestamp) -> Duration {
        Duration::try_from(self.ops.clock.now().duration_since(begun)).unwrap_or_default()
    }

    /// The journal's record of a test request that was begun.
    pub(super) fn known(&self, token: &ProbeToken) -> Result<ProbeRecord, Failure> {
        self.made(std::slice::from_ref(token))?.into_iter().next().ok_or_else(|| {
            Failure::new(
                FailureKind::Files,
                "The journal does not contain what was just written to it, so no more requests are created.",
            )
        })
    }

    /// The records of these test requests: those of the journal, and what it did not take.
    pub(super) fn made(&self, tokens: &[ProbeToken]) -> Result<Vec<ProbeRecord>, Failure> {
        let mut read = self.ops.journal.read()?;
        read.lines.extend(self.unnoted().iter().map(|(entry, _)| entry.clone()));
        let mut made = self.ops.facts_in(&read).made;
        made.retain(|one| tokens.contains(&one.token));
        Ok(made)
    }
}

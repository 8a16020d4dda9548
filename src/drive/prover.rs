//! What every proof needs: clients that make and cancel requests, a way to watch them, and a journal that knows of each
//! request before it is made.
use super::campus_ops::CampusOps;
use super::gather::ClientResult;
use super::stop::Stop;
use crate::engine;
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbeKind, ProbeRecord, System};
use crate::engine::judge::Route;
use crate::engine::observed::{Transaction, UnreadKind, UnreadReason};
use crate::engine::probe::{LOOKS, ProofProgress, RequestView, WatchState};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite};
use crate::recipe::Recipe;
use jiff::Timestamp;
use std::time::Duration;

/// How long after it was sent a request may still appear. Longer than any time-out for an answer.
pub(super) const LATE: Duration = Duration::from_secs(20);

/// The clients that make and cancel test requests, and the pace of the pauses between looks.
#[derive(Debug)]
pub struct Hands<W, R> {
    pub illiad: W,
    /// The client for Alma, or the reason why it cannot be made.
    pub alma: ClientResult<R>,
    /// Pauses take this fraction of their time: 1, or more for a world in which everything happens that much faster.
    pub hurry: u32,
}

/// Runs proofs on one campus.
pub struct Prover<'a, A, I, W, R> {
    pub ops: &'a CampusOps<A, I>,
    pub hands: Hands<W, R>,
    /// Receives the progress messages.
    pub tell: &'a (dyn Fn(ProofProgress) + Send + Sync),
    /// Tells whether the user wants to stop.
    pub stop: &'a Stop,
}

/// A request in ILLiad that is being watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Live {
    pub(super) kind: ProbeKind,
    pub(super) token: String,
    pub(super) number: i64,
    pub(super) sight: Option<RequestView>,
}

/// Turns the reason why something could not be read into a failure.
pub(super) fn could_not(what: &str, why: &UnreadReason) -> Failure {
    Failure::new(kind_of(why), format!("{what}: {}", why.what)).hint(why.next.clone())
}

/// The kind of failure that something unread leads to.
pub(super) fn kind_of(why: &UnreadReason) -> FailureKind {
    match why.why {
        UnreadKind::NoKey | UnreadKind::KeyRefused | UnreadKind::NotAllowed | UnreadKind::WrongCampus => {
            FailureKind::Key
        }
        UnreadKind::Network | UnreadKind::Down | UnreadKind::Limit => FailureKind::Network,
        UnreadKind::Nonsense | UnreadKind::Unaskable | UnreadKind::NotAsked => FailureKind::Refused,
    }
}

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    pub(super) fn say(&self, about: impl Into<Option<ProbeKind>>, words: impl Into<String>) {
        (self.tell)(ProofProgress { about: about.into(), words: words.into() });
    }

    /// Writes to the journal. If that fails it only says so, because what was made must still be cancelled.
    pub(super) fn note_down(&self, entry: JournalEvent) {
        if let Err(failure) = self.ops.journal.append(entry) {
            self.say(None, failure.what);
        }
    }

    pub(super) fn ended(&self, token: &str, system: System, end: ProbeEnd) {
        self.note_down(JournalEvent::ProbeEnded { token: token.to_owned(), system, end });
    }

    /// Waits, but stops early when the user wants to stop.
    pub(super) async fn pause(&self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time / self.hands.hurry) => {}
            () = self.stop.heard() => {}
        }
    }

    /// Waits before the next look, whatever the user wants.
    pub(super) async fn wait(&self) {
        tokio::time::sleep(LOOKS[0] / self.hands.hurry).await;
    }

    /// The routing that the procedure wants.
    pub fn route(&self) -> Result<Route, Failure> {
        Ok(Route::wanted(Recipe::embedded(), &self.ops.site, &self.ops.unseen()?))
    }

    /// A unique token, by which a request of unknown outcome is found again.
    pub(super) fn token(&self, kind: ProbeKind) -> String {
        let now = self.ops.clock.now();
        let seed = serde_json::json!([now.as_nanosecond().to_string(), kind.title(), std::process::id()]);
        format!("{}{}", now.strftime("%Y%m%d"), &engine::plan::digest_of(&seed)[..10])
    }

    /// Journals that a request is about to be made. Returns its token.
    pub(super) fn begin(&self, kind: ProbeKind, patron: &str) -> Result<String, Failure> {
        let token = self.token(kind);
        let environment = self.ops.site.environment;
        self.ops.journal.append(JournalEvent::ProbeBegun {
            token: token.clone(),
            kind,
            patron: patron.to_owned(),
            environment,
        })?;
        Ok(token)
    }

    /// Journals the number of a request, before anything else is done.
    pub(super) fn numbered(&self, token: &str, kind: ProbeKind, found: &Transaction) -> Live {
        self.note_down(JournalEvent::ProbeNumbered {
            token: token.to_owned(),
            system: System::Illiad,
            number: found.number.to_string(),
            tag: None,
        });
        let mut live = Live { kind, token: token.to_owned(), number: found.number, sight: None };
        self.saw(&mut live, RequestView::Status(found.status.clone()));
        live
    }

    fn saw(&self, live: &mut Live, sight: RequestView) {
        if live.sight.as_ref() == Some(&sight) {
            return;
        }
        match &sight {
            RequestView::Status(status) => {
                self.note_down(JournalEvent::ProbeSeen {
                    token: live.token.clone(),
                    system: System::Illiad,
                    status: status.clone(),
                });
                self.say(live.kind, format!("{} stands in \"{}\"", live.number, crate::text::clean(status, 80)));
            }
            RequestView::Gone => self.say(live.kind, format!("{} is not in ILLiad any more", live.number)),
        }
        live.sight = Some(sight);
    }

    /// Reads the request once. Returns whether it could be read.
    async fn look(&self, live: &mut Live) -> bool {
        let sight = match self.ops.clients.illiad.transaction(live.number).await {
            Ok(Some(now)) => RequestView::Status(now.status),
            Ok(None) => RequestView::Gone,
            Err(why) => {
                self.say(live.kind, why.what);
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
        for (nth, pause) in LOOKS.into_iter().enumerate() {
            self.pause(pause).await;
            seen_last = self.look(probe).await;
            if let Some(twin) = twin.as_deref_mut() {
                self.look(twin).await;
            }
            if !waits(probe) {
                if let (Some(twin), true) = (twin, nth > 0) {
                    // The twin was made a moment after the probe, so ILLiad may route it a moment later too.
                    self.pause(LOOKS[0]).await;
                    self.look(twin).await;
                }
                return WatchState::ToTheEnd;
            }
            if self.stop.asked() {
                return WatchState::CutShort;
            }
        }
        if seen_last { WatchState::ToTheEnd } else { WatchState::CutShort }
    }

    /// Looks in ILLiad for a request of unknown outcome, until it is too late for it to appear.
    pub(super) async fn search(&self, one: &ProbeRecord) -> Result<Option<Transaction>, Failure> {
        let mut age = self.age(one.begun);
        loop {
            let requests = self.ops.clients.illiad.user_requests(&one.patron).await;
            let requests =
                requests.map_err(|why| could_not("The test patron's requests in ILLiad could not be read", &why))?;
            let found = requests.unwrap_or_default().into_iter().find(|found| one.is(&self.ops.site, found));
            if found.is_some() || age >= LATE {
                return Ok(found);
            }
            self.wait().await;
            age += LOOKS[0];
        }
    }

    pub(super) fn age(&self, begun: Timestamp) -> Duration {
        Duration::try_from(self.ops.clock.now().duration_since(begun)).unwrap_or_default()
    }

    /// The journal's record of a test request that was begun.
    pub(super) fn known(&self, token: &str) -> Result<ProbeRecord, Failure> {
        self.made(&[token.to_owned()])?.into_iter().next().ok_or_else(|| {
            Failure::new(
                FailureKind::Files,
                "The journal does not hold what was just written to it; nothing more is made.",
            )
        })
    }

    /// The journal's records of these test requests.
    pub(super) fn made(&self, tokens: &[String]) -> Result<Vec<ProbeRecord>, Failure> {
        let mut made = self.ops.journal_facts()?.made;
        made.retain(|one| tokens.contains(&one.token));
        Ok(made)
    }
}

//! The pace: at most ten requests per campus arrive at Alma in any one second, bursts included
//! (CONTRACT.md, "Writing").
//!
//! A request takes a place before it is sent, and keeps it until [`COOL`] after its answer began or it failed, or until
//! [`LONGEST`] after it was begun, whichever is earlier. There are [`PLACES`] places. Proof: suppose eleven requests are
//! sent within one second. When the last of them began, each of the other ten was either unanswered or answered less
//! than a second before, because it too is sent within that second; and it was begun less than [`LONGEST`] before,
//! unless it waited half a second for a connection. So ten places were taken, and the last one could not have begun.
use crate::site::CampusCode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// The most requests in any one second.
const PLACES: usize = 10;

/// How long a place stays taken after the answer: one second, and a margin for clock differences.
const COOL: Duration = Duration::from_millis(1100);

/// How long a place stays taken by a request that is not answered: half a second until it is sent, and [`COOL`].
const LONGEST: Duration = Duration::from_millis(1600);

/// The pace of one campus.
#[derive(Default)]
pub(in crate::io) struct Pace {
    /// Serves the waiting requests in the order they came.
    queue: tokio::sync::Mutex<()>,
    places: Arc<Places>,
}

#[derive(Default)]
struct Places {
    state: Mutex<PaceState>,
    freed: Notify,
}

#[derive(Default)]
struct PaceState {
    /// When each taken place becomes free, by the number of its request.
    taken: BTreeMap<u64, Instant>,
    requests: u64,
    /// No request starts before this time, because the server asked for a pause.
    paused_until: Option<Instant>,
}

impl Places {
    fn state(&self) -> MutexGuard<'_, PaceState> {
        // The places are consistent at every point where the lock could be poisoned.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum PaceEntry {
    /// By the request of this number.
    Taken(u64),
    /// Full until then, or until an answer frees a place earlier.
    Full(Instant),
}

impl PaceState {
    fn enter(&mut self, now: Instant) -> PaceEntry {
        self.taken.retain(|_, free| *free > now);
        if let Some(end) = self.paused_until.filter(|end| *end > now) {
            return PaceEntry::Full(end);
        }
        match self.taken.values().min() {
            Some(free) if self.taken.len() >= PLACES => PaceEntry::Full(*free),
            _ => {
                self.requests += 1;
                self.taken.insert(self.requests, now + LONGEST);
                PaceEntry::Taken(self.requests)
            }
        }
    }

    fn leave(&mut self, request: u64, now: Instant) {
        if let Some(free) = self.taken.get_mut(&request) {
            *free = (*free).min(now + COOL);
        }
    }

    fn pause(&mut self, end: Instant) {
        self.paused_until = self.paused_until.max(Some(end));
    }
}

impl Pace {
    /// Waits for a place. The future may be dropped at any time.
    pub(super) async fn enter(&self) -> PaceSlot {
        let _first = self.queue.lock().await;
        loop {
            let freed = self.places.freed.notified();
            let entry = self.places.state().enter(Instant::now());
            match entry {
                PaceEntry::Taken(request) => return PaceSlot { request, places: Arc::clone(&self.places) },
                // Either way there may be a place now.
                PaceEntry::Full(free) => drop(timeout_at(free, freed).await),
            }
        }
    }

    /// Lets no request start within `wait` from now.
    pub(super) fn pause(&self, wait: Duration) {
        self.places.state().pause(Instant::now() + wait);
    }
}

/// A place in the pace. It starts to cool down when this is dropped.
pub(super) struct PaceSlot {
    request: u64,
    places: Arc<Places>,
}

impl Drop for PaceSlot {
    fn drop(&mut self) {
        self.places.state().leave(self.request, Instant::now());
        self.places.freed.notify_one();
    }
}

/// Until when requests pause, because a system had too many at a time.
static PAUSED_UNTIL: Mutex<Option<Instant>> = Mutex::new(None);

/// Notes a pause, so that whoever waits can be told.
pub(super) fn pauses(wait: Duration) {
    let mut until = PAUSED_UNTIL.lock().unwrap_or_else(PoisonError::into_inner);
    *until = (*until).max(Some(Instant::now() + wait));
}

/// What is left of a pause that a system asked for.
pub fn pause_left() -> Option<Duration> {
    let until = *PAUSED_UNTIL.lock().unwrap_or_else(PoisonError::into_inner);
    until.map(|end| end.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
}

/// The paces of all campuses in this process.
#[derive(Default)]
pub(super) struct Paces(Mutex<BTreeMap<CampusCode, Arc<Pace>>>);

impl Paces {
    /// The pace of a campus, made on first use.
    pub(super) fn of(&self, campus: &CampusCode) -> Arc<Pace> {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(paces.entry(campus.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state in which all places are in flight, and the numbers of the requests.
    fn full(now: Instant) -> (PaceState, Vec<u64>) {
        let mut state = PaceState::default();
        let requests = (0..PLACES).map(|_| taken(&mut state, now)).collect();
        (state, requests)
    }

    #[track_caller]
    fn taken(state: &mut PaceState, now: Instant) -> u64 {
        match state.enter(now) {
            PaceEntry::Taken(request) => request,
            full @ PaceEntry::Full(_) => panic!("{full:?}"),
        }
    }

    #[test]
    fn the_eleventh_waits_for_the_first_to_cool_down() {
        let now = Instant::now();
        let (mut state, requests) = full(now);
        let answered = now + Duration::from_millis(200);
        assert_eq!(
            state.enter(answered),
            PaceEntry::Full(now + LONGEST),
            "a request in flight may be sent at any time"
        );
        state.leave(requests[3], answered);
        assert_eq!(state.enter(answered), PaceEntry::Full(answered + COOL), "it was answered just now");
        assert_eq!(state.enter(now + Duration::from_millis(1200)), PaceEntry::Full(answered + COOL));
        taken(&mut state, answered + COOL);
        assert_eq!(state.enter(answered + COOL), PaceEntry::Full(now + LONGEST));
    }

    #[test]
    fn a_slow_answer_keeps_its_place_no_longer_than_the_request_can_be_on_its_way() {
        let now = Instant::now();
        let (mut state, requests) = full(now);
        (0..PLACES).for_each(|_| {
            taken(&mut state, now + LONGEST);
        });
        state.leave(requests[0], now + LONGEST);
        assert_eq!(state.enter(now + LONGEST), PaceEntry::Full(now + LONGEST * 2), "its place was taken by another");
    }

    #[test]
    fn all_places_come_back() {
        let mut now = Instant::now();
        for _ in 0..3 {
            let (mut state, requests) = full(now);
            requests.iter().for_each(|request| state.leave(*request, now));
            now += COOL;
            (0..PLACES).for_each(|_| {
                taken(&mut state, now);
            });
        }
    }

    #[test]
    fn a_pause_holds_everybody_up_and_the_longer_one_counts() {
        let now = Instant::now();
        let mut state = PaceState::default();
        let end = now + Duration::from_secs(2);
        state.pause(end);
        state.pause(now + Duration::from_secs(1));
        assert_eq!(state.enter(now), PaceEntry::Full(end));
        taken(&mut state, end);
    }

    #[tokio::test]
    async fn giving_up_while_waiting_loses_no_place() {
        let pace = Arc::new(Pace::default());
        let mut slots = Vec::new();
        for _ in 0..PLACES {
            slots.push(pace.enter().await);
        }
        let waiting = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move { pace.enter().await }
        });
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(waiting.await.is_err_and(|end| end.is_cancelled()));
        drop(slots);
        assert_eq!(pace.places.state().taken.len(), PLACES);
    }
}

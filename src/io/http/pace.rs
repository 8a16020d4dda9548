//! The pace: at most ten requests per campus arrive at Alma in any one second, bursts included
//! (CONTRACT.md, "Writing").
//!
//! A request takes a place before it is sent, and keeps it until [`COOL`] after its answer began or it failed. There
//! are [`PLACES`] places. This limits what the server sees, whatever the network does. Proof: suppose eleven requests
//! arrive within one second. When the last of them started, each of the other ten was either unanswered or answered
//! less than a second before, because it too arrives within that second. So ten places were taken, and the last one
//! could not have started.
use crate::site::CampusCode;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// The most requests in any one second.
const PLACES: usize = 10;

/// How long a place stays taken after the answer: one second, and a margin for clock differences.
const COOL: Duration = Duration::from_millis(1100);

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
    in_flight: usize,
    /// When each place that is cooling down becomes free, earliest first.
    cooling: VecDeque<Instant>,
    /// No request starts before this time, because the server asked for a pause.
    paused_until: Option<Instant>,
}

impl Places {
    fn state(&self) -> MutexGuard<'_, PaceState> {
        // The counts are consistent at every point where the lock could be poisoned.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum PaceEntry {
    Taken,
    At(Instant),
    WhenOneLeaves,
}

impl PaceState {
    fn enter(&mut self, now: Instant) -> PaceEntry {
        while self.cooling.front().is_some_and(|free| *free <= now) {
            self.cooling.pop_front();
        }
        if let Some(end) = self.paused_until.filter(|end| *end > now) {
            return PaceEntry::At(end);
        }
        if self.in_flight + self.cooling.len() < PLACES {
            self.in_flight += 1;
            return PaceEntry::Taken;
        }
        self.cooling.front().map_or(PaceEntry::WhenOneLeaves, |free| PaceEntry::At(*free))
    }

    fn leave(&mut self, now: Instant) {
        self.in_flight -= 1;
        self.cooling.push_back(now + COOL);
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
                PaceEntry::Taken => return PaceSlot(Arc::clone(&self.places)),
                PaceEntry::At(free) => sleep_until(free).await,
                PaceEntry::WhenOneLeaves => freed.await,
            }
        }
    }

    /// Lets no request start within `wait` from now.
    pub(super) fn pause(&self, wait: Duration) {
        self.places.state().pause(Instant::now() + wait);
    }
}

/// A place in the pace. It starts to cool down when this is dropped.
pub(super) struct PaceSlot(Arc<Places>);

impl Drop for PaceSlot {
    fn drop(&mut self) {
        self.0.state().leave(Instant::now());
        self.0.freed.notify_one();
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

    /// A state in which all places are in flight.
    fn full(now: Instant) -> PaceState {
        let mut state = PaceState::default();
        for _ in 0..PLACES {
            assert_eq!(state.enter(now), PaceEntry::Taken);
        }
        state
    }

    #[test]
    fn the_eleventh_waits_for_the_first_to_cool_down() {
        let now = Instant::now();
        let mut state = full(now);
        let later = now + Duration::from_secs(5);
        assert_eq!(state.enter(later), PaceEntry::WhenOneLeaves, "a request in flight may arrive at any time");
        state.leave(later);
        assert_eq!(state.enter(later), PaceEntry::At(later + COOL), "it was answered just now");
        assert_eq!(state.enter(later + Duration::from_millis(1000)), PaceEntry::At(later + COOL));
        assert_eq!(state.enter(later + COOL), PaceEntry::Taken);
        assert_eq!(state.enter(later + COOL), PaceEntry::WhenOneLeaves);
    }

    #[test]
    fn all_places_come_back() {
        let mut now = Instant::now();
        for _ in 0..3 {
            let mut state = full(now);
            (0..PLACES).for_each(|_| state.leave(now));
            now += COOL;
            (0..PLACES).for_each(|_| assert_eq!(state.enter(now), PaceEntry::Taken));
        }
    }

    #[test]
    fn a_pause_holds_everybody_up_and_the_longer_one_counts() {
        let now = Instant::now();
        let mut state = PaceState::default();
        let end = now + Duration::from_secs(2);
        state.pause(end);
        state.pause(now + Duration::from_secs(1));
        assert_eq!(state.enter(now), PaceEntry::At(end));
        assert_eq!(state.enter(end), PaceEntry::Taken);
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
        let state = pace.places.state();
        assert_eq!((state.in_flight, state.cooling.len()), (0, PLACES));
    }
}

//! Decides which requests are repeated, and when (facts/alma.md §8).
//!
//! A read is repeated after 5xx or a broken connection, and once after a time-out; three tries in all. It is repeated
//! more often after a per-second threshold. A write is never repeated, since it may have been carried out.
use super::client::Http;
use super::fault::HttpFault;
use super::pace::{Pace, pauses};
use super::reply::HttpReply;
use super::request::{HttpRequest, RequestPurpose};
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use std::time::{Duration, Instant};

/// Repeats after temporary faults.
const REPEATS: usize = 2;

/// Repeats after a time-out. Each may take the whole time of a request.
const REPEATS_AFTER_TIMEOUT: u32 = 1;

/// Repeats after a per-second threshold.
const REPEATS_AFTER_THRESHOLD: usize = 6;

/// The first wait after a per-second threshold.
const THRESHOLD_WAIT: Duration = Duration::from_secs(1);

/// What an answer means for repeating the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum ReplyVerdict {
    /// The answer stands; do not repeat.
    Final,
    /// The server failed, but may succeed later.
    Passing,
    /// Too many requests at a time. The request was certainly not carried out.
    TooFast,
}

/// The outcome of a request, and how often it was sent.
pub(in crate::io) struct SendResult {
    /// The last answer, or the fault if there is none.
    pub(in crate::io) outcome: Result<HttpReply, HttpFault>,
    pub(in crate::io) tries: u32,
}

/// Sends a request and repeats it where that is safe, but never past the deadline.
pub(in crate::io) async fn send(
    http: &Http,
    ask: &HttpRequest,
    pace: Option<&Pace>,
    judge: impl Fn(&HttpReply) -> ReplyVerdict,
) -> SendResult {
    if ask.has_a_key_in_its_address(http.hidden()) {
        return SendResult { outcome: Err(HttpFault::KeyInAddress), tries: 0 };
    }
    if ask.purpose.is_write() && !http.has_time_for_a_write() {
        return SendResult { outcome: Err(HttpFault::NoTime), tries: 0 };
    }
    let mut waits = Waits::new(http.limits.first_wait);
    let mut tries = 0;
    loop {
        // Boxed, because every future that sends something holds this one, and a proof nests many of them.
        let outcome = Box::pin(http.once(ask, pace)).await;
        tries += u32::from(outcome.as_ref().err() != Some(&HttpFault::NoTime));
        let due = match &outcome {
            Ok(reply) => waits.after_reply(judge(reply), reply, ask.purpose),
            Err(fault) => waits.after_fault(fault, ask.purpose),
        };
        let Some(due) = due else { return SendResult { outcome, tries } };
        let wait = due.wait();
        if Instant::now() + wait >= http.deadline {
            return SendResult { outcome, tries };
        }
        if let (Due::Paced(_), Some(pace)) = (due, pace) {
            // Pause all requests of the campus: they would run into the same threshold.
            pace.pause(wait);
        }
        if let Due::Paced(_) = due {
            pauses(wait);
        }
        if ask.purpose.is_write() {
            return SendResult { outcome, tries };
        }
        tokio::time::sleep(wait).await;
    }
}

#[derive(Clone, Copy)]
enum Due {
    Alone(Duration),
    Paced(Duration),
}

impl Due {
    fn wait(self) -> Duration {
        match self {
            Self::Alone(wait) | Self::Paced(wait) => wait,
        }
    }
}

/// The waits that one request has left.
struct Waits {
    passing: ExponentialBackoff,
    threshold: ExponentialBackoff,
    after_timeout: u32,
}

impl Waits {
    fn new(first: Duration) -> Self {
        Self {
            passing: ExponentialBuilder::new().with_min_delay(first).with_max_times(REPEATS).with_jitter().build(),
            threshold: ExponentialBuilder::new()
                .with_min_delay(THRESHOLD_WAIT)
                .with_factor(1.5)
                .with_max_times(REPEATS_AFTER_THRESHOLD)
                .build(),
            after_timeout: REPEATS_AFTER_TIMEOUT,
        }
    }

    fn after_reply(&mut self, judged: ReplyVerdict, reply: &HttpReply, purpose: RequestPurpose) -> Option<Due> {
        match (judged, purpose) {
            (ReplyVerdict::TooFast, _) => {
                self.threshold.next().map(|wait| Due::Paced(wait.max(reply.retry_after.unwrap_or_default())))
            }
            (ReplyVerdict::Passing, RequestPurpose::Read) => self.passing.next().map(Due::Alone),
            (ReplyVerdict::Passing, _) | (ReplyVerdict::Final, _) => None,
        }
    }

    fn after_fault(&mut self, fault: &HttpFault, purpose: RequestPurpose) -> Option<Due> {
        if purpose.is_write() {
            return None;
        }
        match fault {
            HttpFault::NoTime | HttpFault::KeyInAddress | HttpFault::TooLong(_) => None,
            HttpFault::TimedOut(_) | HttpFault::NoConnection(_) => {
                self.after_timeout = self.after_timeout.checked_sub(1)?;
                self.passing.next().map(Due::Alone)
            }
            HttpFault::NotSent(_) | HttpFault::NoTunnel { .. } | HttpFault::Broken(_) | HttpFault::CutOff { .. } => {
                self.passing.next().map(Due::Alone)
            }
        }
    }
}

//! How long work takes at most. Every wait says it, and counts down.
use crate::text;
use jiff::Timestamp;
use std::time::Duration;

/// Any work but a proof and a forecast (CONTRACT.md, "Writing").
pub const COMMAND: Duration = Duration::from_secs(30);

/// Waiting for another last-resort that writes for the same campus.
pub const LOCK: Duration = Duration::from_secs(2);

/// The requests of a proof, all together.
pub const PROOF: Duration = Duration::from_secs(30 * 60);

/// What is left at `now` of a wait that began at `since`: `at most 24 s more`.
pub fn left(since: Timestamp, now: Timestamp, limit: Duration) -> String {
    text::time_left(Duration::try_from(now.duration_since(since)).unwrap_or_default(), limit)
}

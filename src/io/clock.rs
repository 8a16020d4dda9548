//! The machine's clock.
use crate::ports::Clock;
use jiff::Timestamp;

/// The time this machine believes in.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

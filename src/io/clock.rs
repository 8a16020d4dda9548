//! The machine's clock, and real waiting.
use crate::ports::{Clock, Pause};
use jiff::Timestamp;
use std::time::Duration;

/// The time of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Waits for real: the whole time asked for, or a fixed fraction of it.
#[derive(Debug, Clone, Copy)]
pub struct RealPause {
    part: u32,
}

impl Default for RealPause {
    fn default() -> Self {
        Self { part: 1 }
    }
}

impl RealPause {
    /// Waits only `1/part` of the time, for a practice world in which everything happens that much faster.
    pub fn hurried(part: u32) -> Self {
        Self { part: part.max(1) }
    }
}

impl Pause for RealPause {
    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time / self.part).await;
    }
}

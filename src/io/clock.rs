//! The machine's clock.
use crate::ports::{Clock, Pause};
use jiff::Timestamp;
use std::time::Duration;

/// The time this machine believes in.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Waits as long as is asked for, or a part of that.
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
    /// Waits only a part of the time: for somebody who serves a world in which everything goes that much faster.
    #[must_use]
    pub fn hurried(part: u32) -> Self {
        Self { part: part.max(1) }
    }
}

impl Pause for RealPause {
    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time / self.part).await;
    }
}

//! Limits on the time and size of a request.
use std::time::Duration;

/// The time and size a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// Until a connection is made, TLS included.
    pub connect: Duration,
    /// Until the whole answer has arrived, body included. A server that sends very slowly cannot hold up a command.
    pub total: Duration,
    /// The longest body after unpacking, in bytes.
    pub body: usize,
    /// The wait before the first repeat of a read. Later waits double, with jitter.
    pub first_wait: Duration,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(8),
            body: 4 << 20,
            first_wait: Duration::from_millis(250),
        }
    }
}

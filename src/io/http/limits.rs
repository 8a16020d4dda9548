//! How long a request may take, and how often it is tried.
use std::time::Duration;

/// How long and how much a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// Until a connection stands, TLS included.
    pub connect: Duration,
    /// Until the whole answer is there, its body included: an answer that drips does not hold a command up.
    pub total: Duration,
    /// The longest body, unpacked, in bytes.
    pub body: usize,
    /// The wait before a read is repeated the first time; it doubles, with jitter.
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

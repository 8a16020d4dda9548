//! A request to the worker, and its reply.
use crate::failure::Failure;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;

/// A request to the worker. A reply counts only while its ticket is that of the request.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Job<T> {
    #[default]
    Idle,
    Asked {
        ticket: Ticket,
        since: Timestamp,
    },
    Got {
        value: T,
        at: Timestamp,
    },
    Failed {
        failure: Failure,
        at: Timestamp,
    },
}

impl<T> Job<T> {
    /// Takes a reply, unless it is to an older request. Returns whether it did.
    pub fn settle(&mut self, ticket: Ticket, result: Result<T, Failure>, at: Timestamp) -> bool {
        if !self.awaits(ticket) {
            return false;
        }
        *self = match result {
            Ok(value) => Self::Got { value, at },
            Err(failure) => Self::Failed { failure, at },
        };
        true
    }

    /// The failure, if the work failed.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            Self::Idle | Self::Asked { .. } | Self::Got { .. } => None,
        }
    }

    /// What the failure says, with the request and the codes.
    pub fn failure_words(&self) -> Option<&str> {
        self.failure().map(|failure| failure.what.as_str())
    }

    /// Returns whether the reply to this ticket is awaited.
    pub fn awaits(&self, asked: Ticket) -> bool {
        matches!(self, Self::Asked { ticket, .. } if *ticket == asked)
    }

    /// When the running request was sent.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Asked { since, .. } => Some(*since),
            _ => None,
        }
    }

    /// The reply, if it has arrived.
    pub fn got(&self) -> Option<&T> {
        match self {
            Self::Got { value, .. } => Some(value),
            _ => None,
        }
    }
}

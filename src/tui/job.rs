//! Work asked for, and its answer.
use crate::failure::Failure;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;

/// Something asked of the worker. An answer counts only while its ticket is the one asked with.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Job<T> {
    /// Not asked.
    #[default]
    Idle,
    /// On its way.
    Asked {
        /// With this ticket.
        ticket: Ticket,
        /// Since then.
        since: Timestamp,
    },
    /// Answered.
    Got {
        /// With this.
        value: T,
        /// At that time.
        at: Timestamp,
    },
    /// Failed.
    Failed {
        /// Why.
        failure: Failure,
        /// At that time.
        at: Timestamp,
    },
}

impl<T> Job<T> {
    /// Takes an answer, unless it is to an older request; says whether it did.
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

    /// Whether this ticket's answer is waited for.
    pub fn awaits(&self, asked: Ticket) -> bool {
        matches!(self, Self::Asked { ticket, .. } if *ticket == asked)
    }

    /// Since when it is on its way.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Asked { since, .. } => Some(*since),
            _ => None,
        }
    }

    /// The answer.
    pub fn got(&self) -> Option<&T> {
        match self {
            Self::Got { value, .. } => Some(value),
            _ => None,
        }
    }
}

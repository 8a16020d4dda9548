//! A borrowing request in Alma, and how far its rota has come.
use serde_json::Value;
use std::time::Instant;

/// A borrowing request and its place on the rota.
#[derive(Debug)]
pub(super) struct Borrowing {
    pub(super) record: Value,
    pub(super) patron: String,
    pub(super) made: Instant,
    pub(super) leg: Leg,
}

/// How far a request has come on its rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leg {
    /// The rota has not been worked out yet.
    Locating,
    /// Nothing more happens without a person.
    Settled,
}

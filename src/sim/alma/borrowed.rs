//! A borrowing request in Alma, and the legs of its rota.
use serde_json::Value;
use std::time::Instant;

/// A borrowing request and where it is on its way.
#[derive(Debug)]
pub(super) struct Borrowing {
    pub(super) record: Value,
    pub(super) patron: String,
    pub(super) made: Instant,
    pub(super) leg: Leg,
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leg {
    /// The rota has not been worked out.
    Locating,
    /// Nothing more happens by itself.
    Settled,
}

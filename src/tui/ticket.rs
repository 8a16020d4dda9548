//! Which request an answer belongs to.

/// Names one request, so that a late answer to an older one can be told and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

//! Links a reply to its request.

/// Identifies one request, so that a late reply to an older one can be recognised and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

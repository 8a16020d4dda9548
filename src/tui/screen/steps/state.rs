//! The steps have no state of their own: which step and value is chosen stands with the campus.

/// The steps and their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepsScreen;

//! The steps screen has no state of its own. The campus holds the chosen step and value.

/// The main screen: the steps and their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepsScreen;

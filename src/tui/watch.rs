//! Whether long work goes on.

/// Whether a proof or a forecast goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkState {
    On,
    /// The person asked to stop. What was made is being cancelled.
    Stopping,
}

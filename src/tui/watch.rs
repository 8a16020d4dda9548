//! Whether something that takes its time goes on.

/// Whether the watch of a proof or a forecast goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// It does.
    On,
    /// Somebody asked to stop; what was made is being cancelled.
    Stopping,
}

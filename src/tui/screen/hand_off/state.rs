//! The hand-off as it was written down.
use crate::tui::job::Job;
use crate::tui::msg::HandOffResult;

/// The hand-off.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOffScreen {
    /// Its lines.
    pub job: Job<Box<HandOffResult>>,
    /// The first line shown.
    pub top: usize,
}

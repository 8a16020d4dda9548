//! State of the hand-off.
use crate::tui::job::Job;
use crate::tui::msg::HandOffResult;

/// The hand-off once it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOffScreen {
    pub job: Job<Box<HandOffResult>>,
    pub top: usize,
}

//! State of the hand-off.
use crate::tui::job::Job;
use crate::tui::model::Screen;
use crate::tui::msg::HandOffResult;

/// The hand-off once it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOffScreen {
    pub job: Job<Box<HandOffResult>>,
    /// The screen to go back to.
    pub from: Box<Screen>,
    pub top: usize,
}

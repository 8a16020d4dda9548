//! State of the screen with the whole text of a system's answer.
use crate::engine::whole_answer::WholeAnswer;
use crate::tui::model::Screen;

/// Shows the whole text of a system's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerScreen {
    pub answer: WholeAnswer,
    /// The screen to go back to.
    pub from: Box<Screen>,
    pub top: usize,
}

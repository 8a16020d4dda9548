//! State of the outcome of a write.
use crate::engine::results::ApplyResult;
use crate::failure::{Failure, FailureKind};
use crate::recipe::StepId;
use crate::tui::screen::writing::Write;
use jiff::Timestamp;

/// The outcome of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeScreen {
    pub write: Write,
    pub ended: WriteEnd,
    pub at: Timestamp,
    pub top: usize,
}

impl OutcomeScreen {
    /// The steps to plan again, because the record changed between the plan and the apply.
    pub fn to_plan_again(&self) -> Option<&Vec<StepId>> {
        match (&self.ended, &self.write) {
            (WriteEnd::Failed(failure), Write::Apply(steps, _)) if failure.kind == FailureKind::Changed => Some(steps),
            _ => None,
        }
    }
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteEnd {
    Applied(Box<ApplyResult>),
    /// The undo's result, in words.
    Undone(String),
    /// Refused, failed, or unknown; the failure says which.
    Failed(Failure),
}

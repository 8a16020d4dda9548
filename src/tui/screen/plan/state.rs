//! State of a plan and its confirmation.
use crate::engine::plan::{Draft, Plan};
use crate::recipe::StepId;
use crate::tui::job::Job;
use crate::tui::screen::code_field::CodeField;

/// A plan, and the campus code that confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanScreen {
    pub steps: Vec<StepId>,
    pub job: Job<Plan<Draft>>,
    pub code: CodeField,
    pub top: usize,
}

impl PlanScreen {
    /// Whether the campus code is asked for: the plan changes something and no obstacle stands in the way.
    pub fn asks(&self) -> bool {
        self.job.got().is_some_and(Plan::writes_anything)
    }
}

//! State of a plan and its confirmation.
use crate::engine::plan::{Draft, Plan};
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::job::Job;

/// A plan, and the campus code that confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanScreen {
    pub steps: Vec<StepId>,
    pub job: Job<Plan<Draft>>,
    /// The campus code typed so far.
    pub typed: Entry,
    /// Why the typed code was refused.
    pub refused: Option<String>,
    pub top: usize,
}

impl PlanScreen {
    /// Whether the campus code is asked for: the plan changes something and no obstacle stands in the way.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.job.got().is_some_and(Plan::writes_anything)
    }
}

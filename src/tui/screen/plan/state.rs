//! A plan, and the campus code that lets it happen.
use crate::engine::plan::{Draft, Plan};
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::job::Job;

/// What would change.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanScreen {
    /// For these steps.
    pub steps: Vec<StepId>,
    /// The plan.
    pub job: Job<Plan<Draft>>,
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why what was typed does not confirm.
    pub refused: Option<String>,
    /// The first line shown.
    pub top: usize,
}

impl PlanScreen {
    /// Whether the campus code is asked for: there is something to send and nothing in its way.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.job.got().is_some_and(Plan::writes_anything)
    }
}

//! State of a plan and its confirmation.
use crate::engine::judge::PartnerNeighbour;
use crate::engine::plan::{Draft, Plan};
use crate::recipe::StepId;
use crate::tui::job::Job;
use crate::tui::screen::code_field::CodeField;

/// A plan, and the campus code that confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanScreen {
    pub steps: Vec<StepId>,
    pub job: Job<Box<Plan<Draft>>>,
    pub code: CodeField,
    /// Codes of partners beside which somebody agreed to create ours, by typing each.
    pub beside: Vec<String>,
    pub top: usize,
}

/// What the screen asks for before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanQuestion<'a> {
    /// Whether to create our partner beside this one. Its code says yes.
    Beside(&'a PartnerNeighbour),
    /// Whether to write. The campus code says yes.
    Write,
}

impl PlanScreen {
    /// Whether a code is asked for: the plan changes something and no obstacle stands in the way.
    pub fn asks(&self) -> bool {
        self.question().is_some()
    }

    /// The next question, if the plan changes something and no obstacle stands in the way.
    pub fn question(&self) -> Option<PlanQuestion<'_>> {
        let plan = self.job.got().filter(|plan| plan.writes_anything())?;
        let open = plan.created_beside().iter().find(|other| !self.beside.contains(&other.code));
        Some(open.map_or(PlanQuestion::Write, PlanQuestion::Beside))
    }
}

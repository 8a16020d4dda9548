//! Leaving waits for a write in flight.
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::msg::Effect;

/// Leaves after a write has ended, if the person asked to leave meanwhile.
pub(in crate::tui) fn leave_if_asked(model: &Model) -> Option<Vec<Effect>> {
    model.leaving.map(|code| vec![Effect::Quit(code)])
}

/// Says that recording failed while the person waited to leave.
pub(in crate::tui) fn not_recorded(job: &Job<()>) -> Option<String> {
    match job {
        Job::Failed { failure, .. } => Some(format!("Nothing was recorded: {}", failure.plain())),
        Job::Idle | Job::Asked { .. } | Job::Got { .. } => None,
    }
}

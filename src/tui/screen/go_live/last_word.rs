//! The line printed after the full screen closes if the user left while the campus file was being changed.
use super::state::{GatesWork, GoLiveScreen};
use crate::tui::job::Job;

/// What the campus file says now, or why it was not changed. `None` if no change was asked for.
pub(super) fn last_word(screen: &GoLiveScreen) -> Option<String> {
    match (screen.doing, &screen.job) {
        (GatesWork::Setting(_), Job::Got { value, .. }) => {
            Some(format!("The campus file says {} now.", value.site.stance.as_str()))
        }
        (GatesWork::Setting(_), Job::Failed { failure, .. }) => {
            Some(format!("The campus file was not changed: {}", failure.what))
        }
        (GatesWork::Setting(_), Job::Idle | Job::Asked { .. }) | (GatesWork::Looking, _) => None,
    }
}

//! Leaving: a write in flight is finished and journaled first.
use super::prove;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Effect;

/// Leaves now, or as soon as the write in flight has been answered. Who asked first gives the exit code.
pub(super) fn leave(model: &mut Model, code: u8) -> Vec<Effect> {
    if !model.writing() {
        return vec![Effect::Quit(code)];
    }
    model.help = None;
    model.leaving.get_or_insert(code);
    if matches!(model.screen, Screen::Proving(_)) {
        model.status = Some("Cancelling what was made, then leaving.".to_owned());
        return prove::stop(model);
    }
    model.status = Some("Finishing the write, then leaving.".to_owned());
    Vec::new()
}

/// After a write was answered: whoever waits to leave leaves.
pub(super) fn leave_if_asked(model: &Model) -> Option<Vec<Effect>> {
    model.leaving.map(|code| vec![Effect::Quit(code)])
}

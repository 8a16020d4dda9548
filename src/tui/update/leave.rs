//! Leaving: a write in flight is finished and journaled first.
use crate::engine::journal::UnsentInput;
use crate::failure::FailureKind;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::screen::dispatch::{behaviour, handlers};
use crate::tui::screen::{paste_back, sign_off};

/// Leaves now, or as soon as the write in flight has ended. Whoever asks again does not wait for a proof to cancel its test requests;
/// a second hang-up does not ask again, since a terminal that is closed reports it twice.
pub(super) fn leave(model: &mut Model, code: u8) -> Vec<Effect> {
    if !model.writing() {
        return vec![Effect::Quit(code)];
    }
    if model.leaving.is_some() && code != FailureKind::HungUp.exit_code() && behaviour(&model.screen).can_be_stopped() {
        model.leaving = Some(code);
        return vec![Effect::LeaveWork];
    }
    model.help = None;
    model.leaving.get_or_insert(code);
    model.status = Some(behaviour(&model.screen).finishing().to_owned());
    (handlers(&model.screen).stop)(model)
}

/// Returns text typed into the sign-off and the paste-back and not sent. Confirmation codes are typed again, and keys are never kept.
pub fn unsent(model: &Model) -> Vec<UnsentInput> {
    sign_off::unsent(model).into_iter().chain(paste_back::unsent(model)).collect()
}

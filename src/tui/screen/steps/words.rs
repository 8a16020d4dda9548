//! Footer words of the main screen that depend on the chosen value.
use crate::engine::judge::Verdict;
use crate::recipe::{BLANK, StepId};
use crate::tui::keys::binding::{Binding, ONE_OF_THEM};
use crate::tui::model::{Campus, Model};
use crate::tui::msg::Intent;
use crate::tui::next::{self, Next};

/// The footer's words for a binding. Empty if the footer does not name it.
pub(super) fn label(model: &Model, binding: &Binding) -> &'static str {
    match binding.intent {
        // The word for an empty field is nothing to copy. Pressing the key says so.
        Intent::Copy if stays_blank(model) => "",
        Intent::SignOff if attested(model) => "take back",
        Intent::Check if by_hand(model) => "",
        Intent::SignOff if enter_signs_it(model) => "",
        // Enter signs off several values.
        Intent::SignOff if matches!(next_of(model), Some(Next::SignOff(_))) => ONE_OF_THEM.0,
        Intent::PasteBack if matches!(next_of(model), Some(Next::PasteBack(_))) => "",
        _ => binding.label,
    }
}

/// Whether the step's record is known not to exist, so that there is nothing to sign off.
pub(super) fn nothing_to_look_at(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.here().report.lacks_its_record())
}

/// Whether the chosen field should stay empty.
pub(super) fn stays_blank(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    chosen.is_some_and(|finding| finding.want.as_deref() == Some(BLANK))
}

fn next_of(model: &Model) -> Option<Next> {
    model.campus.as_ref().map(|campus| next::next(model, campus))
}

/// Whether no API can read this step. The footer then has room for what a person does.
fn by_hand(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| matches!(campus.at, StepId::Rota | StepId::Rule | StepId::Illiad))
}

/// Whether Enter signs off exactly the chosen value.
fn enter_signs_it(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    matches!((next_of(model), chosen), (Some(Next::SignOff(keys)), Some(finding)) if keys == [finding.key.clone()])
}

fn attested(model: &Model) -> bool {
    let finding = model.campus.as_ref().and_then(Campus::finding);
    finding.is_some_and(|finding| matches!(finding.verdict, Verdict::Attested(_)))
}

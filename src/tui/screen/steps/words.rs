//! What the footer calls the keys of the steps, where that hangs on the value chosen.
use crate::engine::judge::Verdict;
use crate::recipe::BLANK;
use crate::recipe::StepId;
use crate::tui::keys::binding::{Binding, ONE_OF_THEM};
use crate::tui::model::{Campus, Model};
use crate::tui::msg::Intent;
use crate::tui::next::{self, Next};

/// A binding's words in the footer; empty where it is not named.
pub(super) fn label(model: &Model, binding: &Binding) -> &'static str {
    match binding.intent {
        // The procedure's word for an empty field is nothing to paste into one; who presses the key is told.
        Intent::Copy if stays_blank(model) => "",
        Intent::SignOff if attested(model) => "take back",
        Intent::Check if by_hand(model) => "",
        Intent::SignOff if enter_signs_it(model) => "",
        // Enter signs several.
        Intent::SignOff if matches!(next_of(model), Some(Next::SignOff(_))) => ONE_OF_THEM.0,
        Intent::PasteBack if matches!(next_of(model), Some(Next::PasteBack(_))) => "",
        _ => binding.label,
    }
}

/// Whether the record that a step's values stand in is known not to be there: then there is nothing to sign for.
pub(super) fn nothing_to_look_at(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.here().report.lacks_its_record())
}

/// Whether the value chosen is that of an empty field.
pub(super) fn stays_blank(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    chosen.is_some_and(|finding| finding.want.as_deref() == Some(BLANK))
}

fn next_of(model: &Model) -> Option<Next> {
    model.campus.as_ref().map(|campus| next::next(model, campus))
}

/// Whether nothing on this step can be read anew: no API has it. The footer's room is for what a person does there.
fn by_hand(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| matches!(campus.at, StepId::Rota | StepId::Rule | StepId::Illiad))
}

/// Whether Enter signs just the value chosen.
fn enter_signs_it(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    matches!((next_of(model), chosen), (Some(Next::SignOff(keys)), Some(finding)) if keys == [finding.key.clone()])
}

fn attested(model: &Model) -> bool {
    let finding = model.campus.as_ref().and_then(Campus::finding);
    finding.is_some_and(|finding| matches!(finding.verdict, Verdict::Attested(_)))
}

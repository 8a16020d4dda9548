//! Leaving: a write in flight is finished and journaled first.
use super::prove;
use crate::engine::journal::UnsentInput;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, PasteBack, Screen, SignOff, Way};
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

/// The text of a field, but for one that held a key.
fn kept(entry: &Entry) -> &str {
    if entry.held_a_key() { "" } else { entry.text() }
}

/// What was typed into the sign-off and the paste-back and not sent. Codes that confirm are typed anew, and keys are not kept.
#[must_use]
pub fn unsent(model: &Model) -> Vec<UnsentInput> {
    let remark = |screen: &SignOff| {
        let text = kept(&screen.note).trim().to_owned();
        (screen.way == Way::Sign && !text.is_empty()).then(|| UnsentInput::Remark { fields: screen.keys.clone(), text })
    };
    let value = |screen: &PasteBack| {
        let text = kept(&screen.typed).to_owned();
        (!text.trim().is_empty()).then(|| UnsentInput::Value { field: screen.key.clone(), text })
    };
    let sign_off = match &model.screen {
        Screen::SignOff(screen) => Some(screen),
        _ => model.held.sign_off.as_ref(),
    };
    let paste = match &model.screen {
        Screen::PasteBack(screen) => Some(screen),
        _ => model.held.paste.as_ref(),
    };
    sign_off.and_then(remark).into_iter().chain(paste.and_then(value)).collect()
}

//! What happens to the answers between two messages, whichever screen is shown: keys are hidden, and a first set-up is kept.
use crate::tui::entry::Mask;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::setup::{Question, SetupPage};

/// Hides every key but one under the cursor: whoever leaves its field, by whatever way, does not leave it to be seen.
pub(in crate::tui) fn hide_keys(model: &mut Model) {
    let here = model.setup_shown().filter(|setup| setup.page == SetupPage::Systems && model.help.is_none());
    let here = here.map(|setup| setup.focus);
    let Some(setup) = &mut model.setup else { return };
    for (_, entry) in setup.entries.iter_mut().filter(|(ask, _)| Some(**ask) != here) {
        entry.set_mask(Mask::On);
    }
}

/// Where the cursor of a first set-up is.
pub(in crate::tui) fn cursor(model: &Model) -> Option<(SetupPage, Question)> {
    let setup = model.setup.as_ref().filter(|_| model.campus.is_none())?;
    Some((setup.page, setup.focus))
}

/// What was answered in a first set-up is kept whenever the cursor moves on, and before leaving.
pub(in crate::tui) fn keep(
    model: &mut Model,
    was: Option<(SetupPage, Question)>,
    mut effects: Vec<Effect>,
) -> Vec<Effect> {
    let now = cursor(model);
    let leaves = effects.iter().any(|effect| matches!(effect, Effect::Quit(_)));
    if now.is_none() || (now == was && !leaves) || model.practice.is_some() {
        return effects;
    }
    let at = model.now;
    if let Some(begun) = model.setup.as_mut().and_then(|setup| setup.to_keep(at)) {
        effects.insert(0, Effect::KeepSetup(Box::new(begun)));
    }
    effects
}

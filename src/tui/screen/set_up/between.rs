//! Runs after every message, whichever screen is shown: hides API keys, and keeps the answers of a first set-up.
use crate::tui::entry::Mask;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::setup::{Question, SetupPage};

/// Hides every API key except the one under the cursor, so that no key stays visible once its field is left.
pub(in crate::tui) fn hide_keys(model: &mut Model) {
    let here = model.setup_shown().filter(|setup| setup.page == SetupPage::Systems && model.help.is_none());
    let here = here.map(|setup| setup.focus);
    let Some(setup) = &mut model.setup else { return };
    for (_, entry) in setup.entries.iter_mut().filter(|(ask, _)| Some(**ask) != here) {
        entry.set_mask(Mask::On);
    }
}

/// The page and question under the cursor in a first set-up. `None` once a campus is open.
pub(in crate::tui) fn cursor(model: &Model) -> Option<(SetupPage, Question)> {
    let setup = model.setup.as_ref().filter(|_| model.campus.is_none())?;
    Some((setup.page, setup.focus))
}

/// Adds the effect that keeps the answers of a first set-up, if the cursor moved away from `was` or the user leaves.
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

//! Where a session lands, once everything was read again. Until then it shows the place that was left, being read.
//! 1. Nothing is left to do: the last screen.
//! 2. A key is missing: Connect, at the first value that was not read for want of it.
//! 3. Otherwise: the step and value that the person left, or the first step that is not done if nobody has left yet.
//!
//! Nobody is moved who named a step or has pressed a key.
use crate::engine::journal::Activity;
use crate::recipe::{Recipe, StepId};
use crate::tui::model::{Campus, Model, Opening, Screen};

/// Lands there, and says what the person may wonder about.
pub(in crate::tui) fn land(model: &mut Model, trace: Activity) {
    let Some(campus) = &mut model.campus else { return };
    let opening = std::mem::replace(&mut campus.opening, Opening::Settled);
    let moves = opening != Opening::Settled && matches!(model.screen, Screen::Steps(_));
    if opening == Opening::Settled {
        // A step that was asked for opens, finished or not.
        campus.finish_shown = campus.completion();
    }
    let title = |campus: &Campus| &Recipe::embedded().step(campus.at).title;
    let found = campus.interrupted.take();
    let words = match (opening, found, campus.missing_keys()) {
        // The last screen opens by itself.
        (Opening::AtFirstOpen | Opening::WhereLeft, found, _) if campus.completion().is_some() => {
            found.map(|found| format!("Interrupted last time: {found}."))
        }
        (_, found, Some(missing)) if moves => {
            campus.select(StepId::Connect, missing.first().clone());
            Some(match found {
                Some(found) => format!("Keys are missing. Interrupted last time: {found}."),
                None => format!("Opened at {}: keys are missing.", title(campus)),
            })
        }
        (_, Some(found), _) => Some(format!("Back at {}: {found}.", title(campus))),
        (Opening::WhereLeft, None, _) => Some(format!("Back at {}, where you left.", title(campus))),
        (Opening::AtFirstOpen, None, _) if moves && trace == Activity::Begun => {
            let to = campus.first_open().filter(|to| *to != campus.at);
            campus.at = to.unwrap_or(campus.at);
            to.map(|_| format!("Opened at {}, the first unfinished step.", title(campus)))
        }
        (Opening::AtFirstOpen | Opening::Settled, None, _) => None,
    };
    if words.is_some() {
        (model.status, model.back) = (words, None);
    }
}

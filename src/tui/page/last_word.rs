//! The message printed after the terminal is given back: how a write ended that was in flight, what became of unsent text, and where
//! things stand.
use crate::tui::model::{Campus, Model};
use crate::tui::screen::dispatch::behaviour;

/// Returns how the awaited write ended or, if nobody had to wait, what became of unsent text. `None` if there is nothing to say.
pub fn last_word(model: &Model) -> Option<String> {
    let screen = behaviour(&model.screen);
    match model.leaving {
        Some(_) => screen.last_word(model),
        None => screen.unsent_word(model).map(str::to_owned),
    }
}

/// Returns where the campus stands, for whoever quits. `None` in practice, which keeps nothing.
pub fn standing_word(model: &Model) -> Option<String> {
    model.campus.as_ref().filter(|_| model.practice.is_none()).and_then(|campus| where_it_stands(model, campus))
}

/// Where a campus stands, once all its steps were read.
fn where_it_stands(model: &Model, campus: &Campus) -> Option<String> {
    if campus.steps.iter().any(|standing| standing.read.is_none()) {
        return None;
    }
    if let Some(completion) = campus.completion() {
        return Some(completion.words(&campus.site));
    }
    let next = campus.first_open().map_or(String::new(), |step| {
        let step = model.recipe().step(step);
        format!(" Next: {} ({}).", step.title, step.owner.as_str())
    });
    Some(format!("{}: {}.{next}", campus.site.institution, campus.tally(model.recipe())?))
}

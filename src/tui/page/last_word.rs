//! What is said on the normal screen after somebody left: how a write ended that was in flight then, since they saw no screen that
//! says so; and what became of what was typed and not sent.
use crate::tui::model::Model;
use crate::tui::screen::dispatch::behaviour;

/// How the write that was waited for ended; where nobody had to wait, what became of what was typed. None where there is nothing to say.
#[must_use]
pub fn last_word(model: &Model) -> Option<String> {
    let screen = behaviour(&model.screen);
    match model.leaving {
        Some(_) => screen.last_word(model),
        None => screen.unsent_word(model).map(str::to_owned),
    }
}

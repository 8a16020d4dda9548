//! The message printed after the terminal is given back: how a write ended that was in flight, or what became of unsent text.
use crate::tui::model::Model;
use crate::tui::screen::dispatch::behaviour;

/// Returns how the awaited write ended or, if nobody had to wait, what became of unsent text. `None` if there is nothing to say.
pub fn last_word(model: &Model) -> Option<String> {
    let screen = behaviour(&model.screen);
    match model.leaving {
        Some(_) => screen.last_word(model),
        None => screen.unsent_word(model).map(str::to_owned),
    }
}

//! The lines of the help about a screen's keys.
use super::binding::{Binding, EDITING};
use super::key::Key;
use super::pressed::{under_help, works_under_help};
use crate::tui::model::Model;
use crate::tui::msg::Intent;
use crate::tui::screen::board;

/// The lines of the help: keys, and what they do.
#[derive(Debug, Default)]
pub struct HelpLines {
    /// Keys that do something now.
    pub now: Vec<(String, &'static str)>,
    /// Keys that do something on this screen with another value selected.
    pub otherwise: Vec<(String, &'static str)>,
}

/// Returns the lines for the screen under the help. Characters that are text are left out.
pub fn help(model: &Model) -> HelpLines {
    let typing = model.entry_under_help().is_some();
    let mut lines = HelpLines::default();
    for binding in under_help(model).bindings() {
        let names = names(binding.keys.iter().filter(|key| !typing || !matches!(key, Key::Char(_))));
        if names.is_empty() {
            continue;
        }
        let works = works_under_help(model, binding.intent);
        let list = if works { &mut lines.now } else { &mut lines.otherwise };
        list.push((names, help_words(model, binding)));
    }
    lines
}

/// What a binding does, in a sentence.
pub fn help_words(model: &Model, binding: &Binding) -> &'static str {
    match binding.intent {
        Intent::Quit if board::is_behind(model) => "Back to the board; reads this campus again",
        _ => binding.help,
    }
}

/// Returns the lines about text fields.
pub fn editing_help() -> Vec<(String, &'static str)> {
    EDITING.iter().map(|(keys, _, help)| (names(keys.iter()), *help)).collect()
}

fn names<'a>(keys: impl Iterator<Item = &'a Key>) -> String {
    keys.map(|key| key.name()).collect::<Vec<_>>().join(", ")
}

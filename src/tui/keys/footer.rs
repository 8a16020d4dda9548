//! The keys that the footer names, and what Enter does in words.
use super::key::Key;
use super::pressed::{key_table, key_tables, works};
use crate::tui::model::Model;
use crate::tui::msg::Intent;
use crate::tui::page;
use crate::tui::screen::dispatch::behaviour;

/// What Enter does here and now, in words; none where it does nothing.
#[must_use]
pub fn enter_words(model: &Model) -> Option<String> {
    if model.help.is_some() {
        return Some("back".to_owned());
    }
    let words = enter_words_under_help(model)?;
    Some(if page::holds_back(model) { "read on".to_owned() } else { words })
}

/// What Enter does on the screen itself, or did when the help was opened.
#[must_use]
pub fn enter_words_under_help(model: &Model) -> Option<String> {
    behaviour(&model.screen).enter_words(model)
}

/// The keys that work here and now: key and words. What Enter does stands first.
#[must_use]
pub fn footer(model: &Model) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    if model.leaving.is_some() {
        return out;
    }
    let (typing, bindings) = (model.entry().is_some(), key_table(model).bindings);
    let screen = behaviour(&model.screen);
    for binding in bindings.iter().filter(|binding| works(model, binding.intent)) {
        let usable = binding.keys.iter().find(|key| !typing || !matches!(key, Key::Char(_)));
        let Some(key) = usable else { continue };
        let words = match binding.intent {
            Intent::Enter => enter_words(model).unwrap_or_default(),
            _ if model.help.is_some() => binding.label.to_owned(),
            _ => screen.label(model, binding).to_owned(),
        };
        // Said once, of Enter.
        if !words.is_empty() && !out.iter().any(|(_, said)| *said == words) {
            out.push((key.name().into_owned(), words));
        }
    }
    if model.writing() {
        out.push(("Ctrl-C".to_owned(), "leave when it is done".to_owned()));
    } else if typing || !bindings.iter().any(|binding| binding.intent == Intent::Quit) {
        out.push(("Ctrl-C".to_owned(), "leave".to_owned()));
    }
    out
}

/// Whether a key, by its name, signs off or undoes.
#[must_use]
pub fn commits(name: &str) -> bool {
    let mut bound = key_tables()
        .flat_map(|table| table.bindings)
        .filter(|binding| matches!(binding.intent, Intent::SignOff | Intent::Undo));
    bound.any(|binding| binding.keys.iter().any(|key| key.name() == name))
}

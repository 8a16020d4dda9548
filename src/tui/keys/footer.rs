//! The keys in the footer, and what Enter does in words.
use super::key::Key;
use super::pressed::{key_table, works};
use crate::tui::model::Model;
use crate::tui::msg::Intent;
use crate::tui::page;
use crate::tui::screen::board;
use crate::tui::screen::dispatch::behaviour;

/// What Enter does now, in words. `None` if it does nothing.
pub fn enter_words(model: &Model) -> Option<String> {
    if model.help.is_some() {
        return Some("back".to_owned());
    }
    let words = behaviour(&model.screen).enter_words(model)?;
    Some(if page::holds_back(model) { "read on".to_owned() } else { words })
}

/// What `q` does: from a campus's wizard that was opened on the board, it leads back there.
fn quit_words(model: &Model) -> &'static str {
    if board::is_behind(model) { "quit to the board" } else { "quit" }
}

/// A key in the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterKey {
    pub key: Key,
    pub intent: Intent,
    /// What the key does, in a word or two.
    pub words: String,
}

impl FooterKey {
    /// Returns whether the key signs off or undoes.
    pub fn commits(&self) -> bool {
        matches!(self.intent, Intent::SignOff | Intent::Undo)
    }
}

/// Returns the keys that work now. Enter comes first.
pub fn footer(model: &Model) -> Vec<FooterKey> {
    let mut out: Vec<FooterKey> = Vec::new();
    if model.leaving.is_some() {
        return out;
    }
    let (typing, table) = (model.entry().is_some(), key_table(model));
    let screen = behaviour(&model.screen);
    for binding in table.bindings().filter(|binding| works(model, binding.intent)) {
        let usable = binding.keys.iter().find(|key| !typing || !matches!(key, Key::Char(_)));
        let Some(&key) = usable else { continue };
        let words = match binding.intent {
            Intent::Enter => enter_words(model).unwrap_or_default(),
            Intent::Quit => quit_words(model).to_owned(),
            _ if model.help.is_some() => binding.label.to_owned(),
            _ => screen.label(model, binding).to_owned(),
        };
        // Leave out a key that does the same as Enter.
        if !words.is_empty() && !out.iter().any(|other| other.words == words) {
            out.push(FooterKey { key, intent: binding.intent, words });
        }
    }
    let interrupt = |words: &str| FooterKey { key: Key::Ctrl('c'), intent: Intent::Interrupt, words: words.to_owned() };
    if model.writing() {
        out.push(interrupt("quit when done"));
    } else if typing || !table.bindings().any(|binding| binding.intent == Intent::Quit) {
        out.push(interrupt("quit"));
    }
    out
}

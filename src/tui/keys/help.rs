//! The lines that the help tells of a screen's keys.
use super::binding::EDITING;
use super::key::Key;
use super::pressed::{under_help, works_under_help};
use crate::tui::model::Model;
use crate::tui::screen::dispatch::behaviour;

/// Whether characters are text or keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// They are typed into a field.
    Text,
    /// They are keys like others.
    Keys,
}

impl Characters {
    /// What they are on the screen shown, or on the one under the help.
    #[must_use]
    pub fn under_help(model: &Model) -> Self {
        if model.entry_under_help().is_some() { Self::Text } else { Self::Keys }
    }
}

/// The lines of the help: keys and what they do.
#[derive(Debug, Default)]
pub struct HelpLines {
    /// Those that do something now.
    pub now: Vec<(String, &'static str)>,
    /// Those that do something on this screen, with something else chosen.
    pub otherwise: Vec<(String, &'static str)>,
}

/// The lines of the help for the screen that it was opened on. Where characters are text, they are no keys.
#[must_use]
pub fn help(model: &Model) -> HelpLines {
    let characters = Characters::under_help(model);
    let types = |key: &&Key| characters == Characters::Keys || !matches!(key, Key::Char(_));
    let names = |keys: &[Key]| keys.iter().filter(types).map(|key| key.name()).collect::<Vec<_>>().join(", ");
    let mut lines = HelpLines::default();
    for binding in under_help(model).bindings() {
        let line = (names(binding.keys), binding.help);
        match (line.0.is_empty(), works_under_help(model, binding.intent)) {
            (true, _) => {}
            (false, true) => lines.now.push(line),
            (false, false) => lines.otherwise.push(line),
        }
    }
    lines
}

/// The lines of the help for text fields.
#[must_use]
pub fn editing_help() -> Vec<(String, &'static str)> {
    let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    EDITING.iter().map(|(keys, _, help)| (names(keys), *help)).collect()
}

/// What Enter does on the screen itself, or did when the help was opened.
#[must_use]
pub fn enter_words_under_help(model: &Model) -> Option<String> {
    behaviour(&model.screen).enter_words(model)
}

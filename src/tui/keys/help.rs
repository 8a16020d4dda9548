//! The lines of the help about a screen's keys.
use super::binding::EDITING;
use super::key::Key;
use super::pressed::{under_help, works_under_help};
use crate::tui::model::Model;

/// Whether characters are text or keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// Characters are typed into a field.
    Text,
    Keys,
}

impl Characters {
    /// Looks at the current screen, or at the one under the help.
    pub fn under_help(model: &Model) -> Self {
        if model.entry_under_help().is_some() { Self::Text } else { Self::Keys }
    }
}

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
    let characters = Characters::under_help(model);
    let types = |key: &&Key| characters == Characters::Keys || !matches!(key, Key::Char(_));
    let names = |keys: &[Key]| keys.iter().filter(types).map(|key| key.name()).collect::<Vec<_>>().join(", ");
    let mut lines = HelpLines::default();
    for binding in under_help(model).bindings {
        let line = (names(binding.keys), binding.help);
        match (line.0.is_empty(), works_under_help(model, binding.intent)) {
            (true, _) => {}
            (false, true) => lines.now.push(line),
            (false, false) => lines.otherwise.push(line),
        }
    }
    lines
}

/// Returns the lines about text fields.
pub fn editing_help() -> Vec<(String, &'static str)> {
    let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    EDITING.iter().map(|(keys, _, help)| (names(keys), *help)).collect()
}

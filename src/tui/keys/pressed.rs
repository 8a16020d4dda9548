//! What a key means here and now.
use super::binding::{EDITING, KeyTable};
use super::key::Key;
use crate::tui::entry::Entry;
use crate::tui::help::HELP_KEYS;
use crate::tui::model::Model;
use crate::tui::msg::{Intent, TypedChar};
use crate::tui::screen::behaviour::TextUse;
use crate::tui::screen::dispatch::{self, behaviour};

/// The keys of what is shown: of the help where it is open, else of the screen.
#[must_use]
pub fn key_table(model: &Model) -> &'static KeyTable {
    if model.help.is_some() { &HELP_KEYS } else { under_help(model) }
}

/// The keys of the screen itself, whether or not the help is over it.
#[must_use]
pub fn under_help(model: &Model) -> &'static KeyTable {
    dispatch::key_table(model)
}

/// The keys of every screen and of the help.
pub fn key_tables() -> impl Iterator<Item = &'static KeyTable> {
    dispatch::key_tables().chain([&HELP_KEYS])
}

/// What a text typed now is for; none where nothing is typed.
#[must_use]
pub fn text_use(model: &Model) -> Option<TextUse> {
    model.entry().map(|_| behaviour(&model.screen).text_use(model))
}

/// What a key means here and now.
#[must_use]
pub fn intent(model: &Model, key: Key) -> Option<Intent> {
    let typing = model.entry().is_some();
    if let (true, Key::Char(c)) = (typing, key) {
        let asks = c == '?' && is_no_text(model);
        return Some(if asks { Intent::Help } else { Intent::Type(TypedChar(c)) });
    }
    let mut bound = key_table(model).bindings().filter(|binding| binding.keys.contains(&key));
    if let Some(binding) = bound.find(|binding| works(model, binding.intent)) {
        return Some(binding.intent);
    }
    let edit = EDITING.iter().find(|(keys, ..)| keys.contains(&key)).map(|(_, edit, _)| Intent::Edit(*edit));
    edit.filter(|_| typing)
}

/// Whether a `?` typed first asks for the help, as it does where nothing is typed: no code, answer or remark begins with one. A key, a
/// name that is looked for, a path and what a screen shows may.
fn is_no_text(model: &Model) -> bool {
    text_use(model) != Some(TextUse::Anything)
        && model.entry().is_some_and(|entry| matches!(entry, Entry::Open(_)) && entry.is_empty())
}

/// Whether an intent does something here and now.
#[must_use]
pub fn works(model: &Model, intent: Intent) -> bool {
    model.help.is_some() || works_under_help(model, intent)
}

/// Whether an intent does something on the screen itself, or did when the help was opened.
#[must_use]
pub fn works_under_help(model: &Model, intent: Intent) -> bool {
    let screen = behaviour(&model.screen);
    // While a word or a campus is being stored, nothing else can be done to it; what is watched can be stopped.
    let waits = model.writing() && model.help.is_none() && !screen.can_be_stopped();
    let may = !waits || matches!(intent, Intent::Help | Intent::Quit | Intent::Interrupt | Intent::Suspend);
    may && screen.works(model, intent)
}

//! What a key means at this moment.
use super::binding::{EDITING, HELP_KEYS, KeyTable};
use super::key::Key;
use crate::tui::entry::Entry;
use crate::tui::model::Model;
use crate::tui::msg::{Intent, TypedChar};
use crate::tui::screen::answer::asked_and_answered;
use crate::tui::screen::behaviour::TextUse;
use crate::tui::screen::dispatch::{self, behaviour};

/// The keys that apply now: those of the help if it is open, else those of the screen.
pub fn key_table(model: &Model) -> &'static KeyTable {
    if model.help.is_some() { &HELP_KEYS } else { under_help(model) }
}

/// The keys of the screen itself, even if the help is open.
pub fn under_help(model: &Model) -> &'static KeyTable {
    dispatch::key_table(model)
}

/// The key tables of all screens and of the help.
pub fn key_tables() -> impl Iterator<Item = &'static KeyTable> {
    dispatch::key_tables().chain([&HELP_KEYS])
}

/// What a typed text is for. `None` if nothing can be typed.
pub fn text_use(model: &Model) -> Option<TextUse> {
    model.entry().map(|_| behaviour(&model.screen).text_use(model))
}

/// What a key means at this moment.
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

/// Says that a key does nothing on this screen. While a write ends, its own message stays.
pub fn say_nothing_here(model: &mut Model, key: Key) {
    if model.leaving.is_none() && !model.writing() {
        model.status = Some(format!("{} does nothing here. ? lists the keys that do.", key.name()));
    }
}

/// Whether a typed `?` opens the help. It does in an empty field where no text can begin with one: a code, an answer, a remark. A key,
/// a path or a pasted value may begin with `?`. A name from a list has none.
fn is_no_text(model: &Model) -> bool {
    let empty = || model.entry().is_some_and(|entry| matches!(entry, Entry::Open(_)) && entry.is_empty());
    match text_use(model) {
        Some(TextUse::Listed) => true,
        Some(TextUse::Anything) | None => false,
        Some(TextUse::Consent | TextUse::Answer) => empty(),
    }
}

/// Returns whether an intent does something now.
pub fn works(model: &Model, intent: Intent) -> bool {
    model.help.is_some() || works_under_help(model, intent)
}

/// Returns whether an intent does something on the screen itself, even if the help is open.
pub fn works_under_help(model: &Model, intent: Intent) -> bool {
    let screen = behaviour(&model.screen);
    // Nothing else can be done while something is being stored, except to stop work that can be stopped.
    let waits = model.writing() && model.help.is_none() && !screen.can_be_stopped();
    let may = !waits || matches!(intent, Intent::Help | Intent::Quit | Intent::Interrupt | Intent::Suspend);
    match intent {
        Intent::WholeAnswer => may && asked_and_answered(model).is_some(),
        _ => may && screen.works(model, intent),
    }
}

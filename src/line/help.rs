//! What can be answered on a screen: the lines of the table of keys, each with what to type for it, and what only line mode has.
use super::moves::{back, moves};
use super::prompt::{Prompt, PromptKind};
use crate::tui::keys::{self, Characters, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Intent;
use crate::tui::screen::steps::StepsScreen;

/// The lines of the help.
#[must_use]
pub fn help(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines = Vec::new();
    if let PromptKind::Menu(_) = prompt.kind {
        lines.push("A number does what the prompt says beside it; Enter alone does 1.".to_owned());
    }
    let characters = Characters::under_help(model);
    for binding in keys::key_table(model).bindings().filter(|binding| !moves(binding.intent)) {
        if binding.intent != Intent::Back && !keys::works(model, binding.intent) {
            continue;
        }
        let typed: Vec<String> = binding.keys.iter().filter_map(|key| typed(model, *key, characters)).collect();
        let help = match binding.intent {
            // What is confirmed is typed.
            Intent::Enter if prompt.kind == PromptKind::Confirm || model.screen.is_paste_back() => String::new(),
            Intent::Enter => keys::enter_words(model).map(|words| format!("Enter alone: {words}")).unwrap_or_default(),
            Intent::Copy => "Says what is to be copied alone, with an empty line before and after it".to_owned(),
            Intent::CopyCard => "Says all of it so".to_owned(),
            Intent::Help => "These lines".to_owned(),
            _ => binding.help.to_owned(),
        };
        match typed.as_slice() {
            _ if help.is_empty() => {}
            _ if binding.intent == Intent::Enter => lines.push(help),
            [] => {}
            names => lines.push(format!("{}: {help}", names.join(" or "))),
        }
    }
    lines.extend(of_line_mode(model, prompt));
    lines
}

/// What is typed for a key; none where another one of the same line says it.
fn typed(model: &Model, key: Key, characters: Characters) -> Option<String> {
    Some(match key {
        Key::Esc if back(model) == Some(Intent::Back) => "<".to_owned(),
        Key::Esc => "<<".to_owned(),
        Key::BackTab => "<".to_owned(),
        Key::Tab => ">".to_owned(),
        Key::Char('?') => "?".to_owned(),
        Key::Char('q') if characters == Characters::Text => "/q".to_owned(),
        // By ear they are one letter.
        Key::Char(c) if characters == Characters::Keys && c.is_uppercase() => format!("{c}, as a capital letter"),
        Key::Char(c) if characters == Characters::Keys => c.to_string(),
        Key::Ctrl('c') => "Ctrl-C".to_owned(),
        _ => return None,
    })
}

fn of_line_mode(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines: Vec<&str> = Vec::new();
    let campus = model.campus.is_some();
    match &prompt.kind {
        PromptKind::Menu(_) => {
            lines.push("l: Says this screen again, all of it");
            if model.screen == Screen::Steps(StepsScreen) {
                lines.push("v 3: Chooses value 3, for copy and the like, and says all there is to know of it");
            }
            if model.screen == Screen::Steps(StepsScreen) && keys::intent(model, Key::Char('v')).is_none() {
                lines.push("v: Says all there is to know of the value chosen");
            }
            if campus {
                lines.push("s: Says the steps and their states");
            }
            if campus && matches!(model.screen, Screen::Steps(_) | Screen::Summary(_)) {
                lines.push("s 3: Goes to step 3, s 9 to the summary");
            }
        }
        PromptKind::Choose(_) => lines
            .push("A number takes that line; other words narrow the list, or are the answer; - shows all of it again"),
        PromptKind::Text if model.screen.is_paste_back() => {
            lines.push("yes: Records it. What is pasted after it adds up; -: Empties it")
        }
        PromptKind::Text => lines.push("-: Leaves the answer empty"),
        PromptKind::Secret => {
            lines.push("Enter alone keeps what is set; -: Leaves it empty. Nothing typed here is shown")
        }
        PromptKind::Confirm => {
            lines.push("Enter alone does nothing. Of several lines pasted at once only the first is taken")
        }
    }
    if !matches!(prompt.kind, PromptKind::Menu(_)) {
        lines.push("/l: Says this screen again; /q: Leaves");
    }
    if model.setup_shown().is_some()
        && keys::intent(model, Key::PageDown).is_some()
        && !matches!(prompt.kind, PromptKind::Menu(_))
    {
        lines.push(">>: The next page, once all on this one is right");
    }
    lines.into_iter().map(str::to_owned).collect()
}

//! The help of line mode: the bindings of the screen's key table with what to type for each, and the commands of line mode itself.
use super::prompt::{Prompt, PromptKind, back, moves};
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Intent;
use crate::tui::screen::steps::StepsScreen;

/// Returns the lines of the help.
pub fn help(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines = Vec::new();
    if let PromptKind::Menu(_) = prompt.kind {
        lines.push("A number does what the prompt says beside it; Enter alone does 1.".to_owned());
    }
    let typing = model.entry_under_help().is_some();
    for binding in keys::key_table(model).bindings().filter(|binding| !moves(binding.intent)) {
        if binding.intent != Intent::Back && !keys::works(model, binding.intent) {
            continue;
        }
        let typed: Vec<String> = binding.keys.iter().filter_map(|key| typed(model, *key, typing)).collect();
        let help = match binding.intent {
            // Enter alone confirms nothing here: the person types the code or "yes".
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

/// What to type for a key. `None` if line mode has nothing for it.
fn typed(model: &Model, key: Key, typing: bool) -> Option<String> {
    Some(match key {
        Key::Esc if back(model) == Some(Intent::Back) => "<".to_owned(),
        Key::Esc => "<<".to_owned(),
        Key::BackTab => "<".to_owned(),
        Key::Tab => ">".to_owned(),
        Key::Char('?') => "?".to_owned(),
        Key::Char('q') if typing => "/q".to_owned(),
        // By ear, `r` and `R` are the same letter.
        Key::Char(c) if !typing && c.is_uppercase() => format!("{c}, as a capital letter"),
        Key::Char(c) if !typing => c.to_string(),
        Key::Ctrl('c') => "Ctrl-C".to_owned(),
        _ => return None,
    })
}

fn of_line_mode(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines: Vec<&str> = Vec::new();
    let menu = matches!(prompt.kind, PromptKind::Menu(_));
    match &prompt.kind {
        PromptKind::Menu(_) => {
            lines.push("l: Says this screen again, all of it");
            if model.screen == Screen::Steps(StepsScreen) {
                lines.push("v 3: Chooses value 3, for copy and the like, and says all there is to know of it");
                if keys::intent(model, Key::Char('v')).is_none() {
                    lines.push("v: Says all there is to know of the value chosen");
                }
            }
            if model.campus.is_some() {
                lines.push("s: Says the steps and their states");
                if matches!(model.screen, Screen::Steps(_) | Screen::Summary(_)) {
                    lines.push("s 3: Goes to step 3, s 9 to the summary");
                }
            }
        }
        PromptKind::Choose(0) => lines.push("There is no list here: what is typed is the answer"),
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
    if !menu {
        lines.push("/l: Says this screen again; /q: Leaves");
    }
    if !menu && model.setup_shown().is_some() && keys::intent(model, Key::PageDown).is_some() {
        lines.push(">>: The next page, once all on this one is right");
    }
    lines.into_iter().map(str::to_owned).collect()
}

//! The help of line mode: the bindings of the screen's key table with what to type for each, and the commands of line mode itself.
use super::prompt::{Prompt, PromptKind, back, moves};
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Intent;
use crate::tui::screen::steps::StepsScreen;

/// Returns the lines of the help.
pub fn help(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines = Vec::new();
    if let PromptKind::Menu = prompt.kind {
        lines.push(
            "Type the letter that stands before an action in the prompt; 1 and Enter alone do the first.".to_owned(),
        );
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
            Intent::Copy => "Prints the value alone, with an empty line before and after it".to_owned(),
            Intent::CopyCard => "Prints the whole card".to_owned(),
            Intent::Help => "Shows this help".to_owned(),
            _ => keys::help_words(model, binding).to_owned(),
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
        Key::Char(c) if typing => format!("/{c}"),
        // By ear, `r` and `R` are the same letter.
        Key::Char(c) if !typing && c.is_uppercase() => format!("{c}, capital letter"),
        Key::Char(c) if !typing => c.to_string(),
        Key::Ctrl('c') => "Ctrl-C".to_owned(),
        Key::Ctrl(c) if typing && c != 'z' => format!("/{c}"),
        _ => return None,
    })
}

fn of_line_mode(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines: Vec<&str> = Vec::new();
    let menu = matches!(prompt.kind, PromptKind::Menu);
    match &prompt.kind {
        PromptKind::Menu => {
            lines.push("l: Prints this whole screen again");
            if model.screen == Screen::Steps(StepsScreen) {
                lines.push("v 3: Selects value 3, for example to copy it, and prints its details");
                lines.push("v: Prints the details of the selected value");
            }
            if matches!(model.screen, Screen::Board(_)) {
                lines.push("v 3: Selects campus 3, and prints its details");
                lines.push("v: Prints the details of the selected campus");
            }
            if model.campus.is_some() {
                lines.push("s: Prints the steps and their states");
                if matches!(model.screen, Screen::Steps(_) | Screen::Summary(_)) {
                    lines.push("s 3: Goes to step 3; s 9: Goes to the summary");
                }
            }
        }
        PromptKind::Choose(0) => lines.push("There is no list here: type the answer"),
        PromptKind::Choose(_) => lines.push(
            "A number chooses that line. Other words search the list, or are the answer. - shows the whole list again",
        ),
        PromptKind::Text if model.screen.is_paste_back() => {
            lines.push("yes: Records it. More pasted text is added to it; -: Clears it")
        }
        PromptKind::Text => lines.push("-: Leaves the answer empty"),
        PromptKind::Secret => {
            lines.push("Enter alone keeps the current key; -: Leaves it empty. What you type is not shown")
        }
        PromptKind::Confirm => {
            lines.push("Enter alone does nothing. If you paste several lines, only the first is used")
        }
    }
    if !menu {
        lines.push("/l: Prints this screen again; /q: Quits");
    }
    if !menu && model.setup_shown().is_some() && keys::intent(model, Key::PageDown).is_some() {
        lines.push(">>: Next page; fix invalid answers first");
    }
    lines.into_iter().map(str::to_owned).collect()
}

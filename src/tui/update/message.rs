//! Handles one message at a time.
use super::{leave, mouse, replies};
use crate::failure::FailureKind;
use crate::tui::entry::{Entry, HIDDEN};
use crate::tui::help;
use crate::tui::model::{Model, Opening, Size};
use crate::tui::mouse::Mouse;
use crate::tui::msg::{Effect, Intent, Msg};
use crate::tui::page;
use crate::tui::parts::checks::check_all;
use crate::tui::screen::answer;
use crate::tui::screen::behaviour::Handlers;
use crate::tui::screen::dispatch::{behaviour, handlers};
use crate::tui::screen::{board, finish, set_up};
use jiff::Timestamp;

/// Starts the session: checks everything in the background while the person reads.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let effects = if model.board.is_some() { board::begin(model) } else { check_all(model) };
    page::fix_scroll(model);
    effects
}

/// Applies a message to the model, and returns the effects to perform.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let cursor = set_up::cursor(model);
    let effects = match msg {
        Msg::Tick(now) => return ticked(model, now),
        Msg::Resize(columns, rows) => {
            model.size = Size { columns, rows };
            Vec::new()
        }
        Msg::Leave(code) => leave::leave(model, code),
        // Nobody could see what the key does, and it might write.
        Msg::Key(intent) if is_hidden(model) && !matches!(intent, Intent::Interrupt | Intent::Suspend) => Vec::new(),
        Msg::Typed(_) | Msg::Paste(_) | Msg::Piece(_) | Msg::Click(..) | Msg::Wheel(_) if is_hidden(model) => {
            Vec::new()
        }
        // A program that died may have left mouse reports on. The mouse still belongs to the terminal.
        Msg::Click(..) | Msg::Wheel(_) if model.mouse == Mouse::Terminals => Vec::new(),
        Msg::Key(intent) => key(model, intent),
        Msg::Typed(text) => typed(model, &text.0),
        Msg::Click(column, row) => mouse::click(model, column, row),
        Msg::Wheel(wheel) => {
            let intents = mouse::wheel(model, wheel);
            intents.into_iter().flat_map(|intent| key(model, intent)).collect()
        }
        Msg::Paste(text) => paste(model, &text.0, |handlers| handlers.paste),
        Msg::Piece(text) => paste(model, &text.0, |handlers| handlers.piece),
        reply => replies::reply(model, reply),
    };
    set_up::hide_keys(model);
    finish::show_once(model);
    if model.status.is_none() {
        model.status = model.back.take();
    }
    page::fix_scroll(model);
    set_up::keep(model, cursor, effects)
}

/// After a pause of this many minutes the screen may be outdated: a night, a laptop asleep, a stop.
const AWAY_MINUTES: i64 = 10;

/// Notes the time. After a long pause everything is read again, before the person acts on it.
fn ticked(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let minutes = now.duration_since(model.now).as_mins();
    model.now = now;
    if minutes < AWAY_MINUTES || model.campus.is_none() || model.writing() || model.leaving.is_some() {
        return Vec::new();
    }
    let words = format!("Back after {}. Reading everything again.", long(minutes));
    model.status = Some(words.clone());
    // The key that woke the program clears the status, so keep the message for after it.
    model.back = Some(words);
    check_all(model)
}

/// Formats a pause: `12 min`, `3 h`, `2 days`.
fn long(minutes: i64) -> String {
    match (minutes / 60, minutes / (24 * 60)) {
        (0, _) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (_, days) => format!("{days} {}", if days == 1 { "day" } else { "days" }),
    }
}

/// Returns whether the window is too small to show anything of the screen.
fn is_hidden(model: &Model) -> bool {
    page::too_small(model.size.columns, model.size.rows)
}

fn key(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if let Some(code) = model.leaving {
        // A second Ctrl-C is another wish; one after another signal is not.
        let again = intent == Intent::Interrupt && code == FailureKind::Interrupted.exit_code();
        return if again { leave::leave(model, code) } else { Vec::new() };
    }
    pressed(model);
    if !matches!(intent, Intent::Copy | Intent::CopyCard) {
        model.copied = None;
    }
    match intent {
        Intent::Interrupt => return leave::leave(model, FailureKind::Interrupted.exit_code()),
        Intent::Suspend => return vec![Effect::Suspend],
        Intent::Quit if board::is_behind(model) => return board::come_back(model),
        Intent::Quit => {
            model.quit = true;
            return leave::leave(model, 0);
        }
        Intent::Type(typed) => return edit(model, |entry| entry.insert(typed.0)),
        Intent::Edit(change) => return edit(model, |entry| entry.edit(change)),
        _ => {}
    }
    if model.help.is_some() {
        let screenful = page::screenful(model);
        return help::key(model, intent, screenful);
    }
    if intent == Intent::Help {
        model.help = Some(0);
        return Vec::new();
    }
    if intent == Intent::WholeAnswer {
        answer::open(model);
        return Vec::new();
    }
    // What Enter confirms must have been in view, so scroll first.
    let intent = if intent == Intent::Enter && page::holds_back(model) { Intent::PageDown } else { intent };
    let screenful = page::screenful(model);
    (handlers(&model.screen).key)(model, intent, screenful)
}

/// Forgets what was said for the time before the next key.
fn pressed(model: &mut Model) {
    model.status = None;
    if let Some(campus) = &mut model.campus {
        campus.opening = Opening::Settled;
    }
}

/// Types characters that arrived together, as if each had been pressed.
fn typed(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.leaving.is_some() {
        return Vec::new();
    }
    pressed(model);
    model.copied = None;
    edit(model, |entry| entry.insert_all(text))
}

/// Chooses which handler of a screen takes a pasted text.
type HandlerOfText = fn(&Handlers) -> fn(&mut Model, &str) -> bool;

/// Hands a pasted text to the screen, or else to its text field.
fn paste(model: &mut Model, text: &str, by: HandlerOfText) -> Vec<Effect> {
    model.status = None;
    match model.entry().is_some() {
        true if by(&handlers(&model.screen))(model, text) => {}
        true => drop(edit(model, |entry| entry.paste(text))),
        false => model.status = Some("There is no text field here. p opens one for the selected value.".to_owned()),
    }
    Vec::new()
}

/// Changes the text field under the cursor, if there is one. A key in an open field becomes stars.
fn edit(model: &mut Model, mut change: impl FnMut(&mut Entry)) -> Vec<Effect> {
    if model.entry().is_none() {
        return Vec::new();
    }
    let (handlers, hides) = (handlers(&model.screen), behaviour(&model.screen).hides_keys());
    let mut hidden = false;
    (handlers.edit)(model, &mut |entry| {
        change(entry);
        hidden = hides && entry.hide_keys();
    });
    if hidden {
        model.status = Some(HIDDEN.to_owned());
    }
    Vec::new()
}

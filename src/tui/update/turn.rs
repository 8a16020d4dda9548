//! One message at a time.
use super::{errand, leave, mouse, paste_back, prove, replies, setup, sign, steps, write};
use crate::tui::entry::Entry;
use crate::tui::model::{Model, Opening, Screen, Size};
use crate::tui::mouse::Mouse;
use crate::tui::msg::{Effect, Intent, Msg};
use crate::tui::page;
use jiff::Timestamp;

/// What is asked for at the start: everything, in the background, while the person reads.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let effects = super::reading::check_all(model);
    page::settle(model);
    effects
}

/// Takes a message; gives what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let cursor = setup::cursor(model);
    let effects = match msg {
        Msg::Tick(now) => return ticked(model, now),
        Msg::Resize(columns, rows) => {
            model.size = Size { columns, rows };
            Vec::new()
        }
        Msg::Leave(code) => leave::leave(model, code),
        // Nobody could see what it does, and it might write.
        Msg::Key(intent) if is_hidden(model) && !matches!(intent, Intent::Interrupt | Intent::Suspend) => Vec::new(),
        Msg::Paste(_) | Msg::Click(..) | Msg::Wheel(_) if is_hidden(model) => Vec::new(),
        // Left on by a program that died: the mouse is the terminal's all the same.
        Msg::Click(..) | Msg::Wheel(_) if model.mouse == Mouse::Terminals => Vec::new(),
        Msg::Key(intent) => key(model, intent),
        Msg::Click(column, row) => mouse::click(model, column, row),
        Msg::Wheel(wheel) => mouse::wheel(model, wheel),
        Msg::Paste(text) => {
            model.status = None;
            match entry(model) {
                Some(_) if paste_back::form_pasted(model, &text.0) => {}
                Some(_) if setup::key_refused(model, &text.0) => {}
                Some(_) => drop(edit(model, |entry| entry.paste(&text.0))),
                None => model.status = Some("Nothing is typed here; p opens a field for the chosen value.".to_owned()),
            }
            Vec::new()
        }
        reply => replies::reply(model, reply),
    };
    setup::hide_keys(model);
    if model.status.is_none() {
        model.status = model.back.take();
    }
    page::settle(model);
    setup::keep(model, cursor, effects)
}

/// After a pause this long what stands on the screen may be true no more: a night, a laptop asleep, a stop.
const AWAY_MINUTES: i64 = 10;

/// Time has passed. Where that was long, whoever comes back sees everything read again, before anything is done with it.
fn ticked(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let minutes = now.duration_since(model.now).as_mins();
    model.now = now;
    if minutes < AWAY_MINUTES || model.campus.is_none() || model.writing() || model.leaving.is_some() {
        return Vec::new();
    }
    let words = format!("Back after {}; everything is read again.", long(minutes));
    model.status = Some(words.clone());
    // The key that woke it up wipes the word off.
    model.back = Some(words);
    super::reading::check_all(model)
}

/// `12 min`, `3 h`, `2 days`.
fn long(minutes: i64) -> String {
    match (minutes / 60, minutes / (24 * 60)) {
        (0, _) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (_, days) => format!("{days} {}", if days == 1 { "day" } else { "days" }),
    }
}

/// Whether the window is too small to show anything of the screen.
fn is_hidden(model: &Model) -> bool {
    page::too_small(model.size.columns, model.size.rows)
}

pub(super) fn key(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if model.leaving.is_some() {
        return Vec::new();
    }
    model.status = None;
    if let Some(campus) = &mut model.campus {
        campus.opening = Opening::Settled;
    }
    if !matches!(intent, Intent::Copy | Intent::CopyCard) {
        model.copied = None;
    }
    match intent {
        Intent::Interrupt => return leave::leave(model, crate::failure::FailureKind::Interrupted.exit_code()),
        Intent::Suspend => return vec![Effect::Suspend],
        Intent::Quit => return leave::leave(model, 0),
        Intent::Type(typed) => return edit(model, |entry| entry.insert(typed.0)),
        Intent::Edit(change) => return edit(model, |entry| entry.edit(change)),
        _ => {}
    }
    if model.help.is_some() {
        return in_help(model, intent);
    }
    if intent == Intent::Help {
        model.help = Some(0);
        return Vec::new();
    }
    // What Enter confirms is read before.
    let intent = if intent == Intent::Enter && page::holds_back(model) { Intent::PageDown } else { intent };
    match &model.screen {
        Screen::Steps => steps::key(model, intent),
        Screen::Plan(_) => write::in_plan(model, intent),
        Screen::Writing(_) => Vec::new(),
        Screen::Outcome(_) => write::in_outcome(model, intent),
        Screen::Undo(_) => write::in_undo(model, intent),
        Screen::Prove(_) => prove::before(model, intent),
        Screen::Proving(_) => prove::meanwhile(model, intent),
        Screen::Proved(_) => prove::after(model, intent),
        Screen::SignOff(_) => sign::in_sign_off(model, intent),
        Screen::PasteBack(_) => paste_back::key(model, intent),
        Screen::Summary(_) => steps::in_summary(model, intent),
        Screen::GoLive(_) => errand::in_golive(model, intent),
        Screen::HandOff(_) => errand::in_hand_off(model, intent),
        Screen::Forecast(_) => errand::in_forecast(model, intent),
        Screen::Foretelling(_) => errand::while_foretelling(model, intent),
        Screen::Foretold(_) => errand::in_foretold(model, intent),
        Screen::Setup => setup::key(model, intent),
    }
}

fn in_help(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    match (intent, model.help.as_mut()) {
        (Intent::Help | Intent::Back | Intent::Enter, _) => model.help = None,
        (_, Some(top)) => scroll(top, intent, screenful),
        (_, None) => {}
    }
    Vec::new()
}

/// Moves the first line in sight; how far it may go is settled afterwards.
pub(super) fn scroll(top: &mut usize, intent: Intent, screenful: usize) {
    match intent {
        Intent::Up => *top = top.saturating_sub(1),
        Intent::Down => *top = top.saturating_add(1),
        Intent::PageUp => *top = top.saturating_sub(screenful),
        Intent::PageDown => *top = top.saturating_add(screenful),
        Intent::First => *top = 0,
        // As far as it goes.
        Intent::Last => *top = usize::MAX,
        _ => {}
    }
}

/// What is said where a key was put into a field that everybody can read.
pub(super) const HIDDEN: &str = "That looks like a key: not shown and not kept. Ctrl-U clears the field.";

/// Changes a text field; whether it held a key afterwards, of which stars are left.
type Change = fn(&mut Model, &mut dyn FnMut(&mut Entry)) -> bool;

/// How the text field under the cursor is changed, if there is one.
fn entry(model: &Model) -> Option<Change> {
    model.entry()?;
    Some(|model, change| {
        let mut hidden = false;
        let mut open = |entry: &mut Entry| {
            change(entry);
            hidden = entry.hide_keys();
        };
        match &mut model.screen {
            Screen::Plan(screen) => {
                screen.refused = None;
                open(&mut screen.typed);
            }
            Screen::Undo(screen) => {
                screen.refused = None;
                open(&mut screen.typed);
            }
            Screen::Prove(screen) => {
                screen.refused = None;
                open(&mut screen.typed);
            }
            Screen::GoLive(screen) => {
                screen.refused = None;
                open(&mut screen.typed);
            }
            // A path may look like one.
            Screen::Forecast(screen) => change(&mut screen.file),
            Screen::SignOff(screen) => {
                screen.refused = None;
                open(screen.entry_mut());
            }
            Screen::PasteBack(screen) => {
                screen.form = None;
                screen.top = 0;
                open(&mut screen.typed);
            }
            Screen::Setup => {
                if let Some(setup) = &mut model.setup {
                    setup.edit(open);
                }
            }
            Screen::Steps
            | Screen::Writing(_)
            | Screen::Outcome(_)
            | Screen::Proving(_)
            | Screen::Proved(_)
            | Screen::HandOff(_)
            | Screen::Foretelling(_)
            | Screen::Foretold(_)
            | Screen::Summary(_) => {}
        }
        hidden
    })
}

fn edit(model: &mut Model, mut change: impl FnMut(&mut Entry)) -> Vec<Effect> {
    if entry(model).is_some_and(|apply| apply(model, &mut change)) {
        model.status = Some(HIDDEN.to_owned());
    }
    Vec::new()
}

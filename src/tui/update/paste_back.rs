//! What a screen shows, pasted and recorded.
use super::leave::leave_if_asked;
use super::reading::{merge, ticket};
use super::turn::scroll;
use crate::engine::judge::Report;
use crate::failure::Failure;
use crate::text::key_like;
use crate::tui::entry::Entry;
use crate::tui::model::{Job, Model, Screen};
use crate::tui::msg::{Effect, Intent, Ticket, Work};
use crate::tui::{page, paste};

/// A key on the paste-back.
pub(super) fn key(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let (new_ticket, since) = (ticket(model), model.now);
    let Screen::PasteBack(screen) = &model.screen else { return Vec::new() };
    if screen.job.since().is_some() {
        return Vec::new();
    }
    let fields = paste::recorded(model, screen);
    let Screen::PasteBack(screen) = &mut model.screen else { return Vec::new() };
    match intent {
        Intent::Back => {
            model.held.paste = Some(screen.clone());
            model.screen = Screen::Steps;
        }
        Intent::Enter if !fields.is_empty() => {
            screen.job = Job::Asked { ticket: new_ticket, since };
            return vec![Effect::Work(Work::Show { ticket: new_ticket, fields })];
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

/// Takes a whole form that was pasted; whether it was one.
pub(super) fn form_pasted(model: &mut Model, text: &str) -> bool {
    let Screen::PasteBack(screen) = &model.screen else { return false };
    let text = with_line_ends(text);
    let Some(form) = paste::form(model, &screen.key, &text) else { return false };
    if form.pasted.iter().any(|pasted| key_like(&pasted.got).next().is_some()) {
        model.status =
            Some("In this form stands what looks like a key: nothing of it was taken. Paste it without.".to_owned());
        return true;
    }
    if let Screen::PasteBack(screen) = &mut model.screen {
        screen.typed = Entry::open("");
        screen.form = Some(form);
        let told = |line: &str| if key_like(line).next().is_none() { line.to_owned() } else { String::new() };
        screen.lines = text.trim_end().lines().map(told).collect();
        screen.top = 0;
    }
    true
}

/// The same with line feeds alone: a terminal sends a pasted line end as a carriage return, or both.
fn with_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// It was recorded, or not.
pub(super) fn shown(model: &mut Model, ticket: Ticket, result: Result<Box<Report>, Failure>) -> Vec<Effect> {
    let now = model.now;
    let recorded = match &model.screen {
        Screen::PasteBack(screen) => paste::tally(model, screen),
        _ => return Vec::new(),
    };
    let Screen::PasteBack(screen) = &mut model.screen else { return Vec::new() };
    let (report, outcome) = match result {
        Ok(report) => (Some(report), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if !screen.job.settle(ticket, outcome, now) {
        return Vec::new();
    }
    if let Some(report) = report {
        model.held.paste = None;
        model.screen = Screen::Steps;
        model.status = Some(format!("Recorded as {}: {recorded}.", model.user));
        merge(model, &report);
    }
    leave_if_asked(model).unwrap_or_default()
}

//! Going live, the hand-off, the forecast: asked for, answered, gone on from.
use super::copy::copy;
use super::leave::leave_if_asked;
use super::reading::{self, ticket};
use super::turn::scroll;
use super::write::wrong_code;
use crate::engine::forecast::Identifiers;
use crate::engine::golive::{gate_lines, switch};
use crate::engine::handoff::{self, Document};
use crate::failure::Failure;
use crate::site::{CampusField, Stance};
use crate::tui::entry::Entry;
use crate::tui::model::{
    AtGates, Count, ForecastScreen, Foretelling, ForetoldScreen, GoLiveScreen, HandOffScreen, Job, Model, Screen,
    Watched,
};
use crate::tui::msg::{Effect, Foretold, Gated, HandedOff, Intent, Ticket, Work};
use crate::tui::page;

/// Looks at every gate.
pub(super) fn look_at_gates(model: &mut Model) -> Vec<Effect> {
    let ticket = ticket(model);
    at_gates(model, AtGates::Looking, ticket);
    vec![Effect::Work(Work::Gates { ticket })]
}

fn at_gates(model: &mut Model, doing: AtGates, ticket: Ticket) {
    let job = Job::Asked { ticket, since: model.now };
    let (way, typed) = (Stance::Live, Entry::open(""));
    model.screen = Screen::GoLive(GoLiveScreen { doing, job, way, typed, refused: None, top: 0 });
}

/// A key at the gates.
pub(super) fn in_golive(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let (Screen::GoLive(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return Vec::new() };
    match intent {
        // From the question back to what is asked about.
        Intent::Back if screen.asks() && screen.way == Stance::Ahead => {
            (screen.way, screen.typed, screen.refused) = (Stance::Live, Entry::open(""), None);
        }
        Intent::Back => model.screen = Screen::Summary(0),
        Intent::Enter if screen.asks() => {
            if campus.is_code(screen.typed.text()) {
                let to = screen.way;
                let ticket = ticket(model);
                at_gates(model, AtGates::Setting(to), ticket);
                return vec![Effect::Work(Work::SetStance { ticket, to })];
            }
            screen.refused = Some(wrong_code(screen.typed.text(), campus.site.institution.as_str()));
        }
        Intent::Enter if screen.switch_is_due() => to_the_switch(model),
        Intent::Enter if screen.is_through() => model.screen = Screen::Summary(0),
        Intent::Enter if screen.job.since().is_none() => return look_at_gates(model),
        Intent::Undo => screen.way = Stance::Ahead,
        Intent::Copy | Intent::CopyCard => {
            let Some(gated) = screen.job.got() else { return Vec::new() };
            let (text, key) = match intent {
                Intent::Copy => (gated.cards.first().map(|card| card.lines()).unwrap_or_default(), 'c'),
                _ => {
                    let cards = gated.cards.iter().flat_map(|card| card.lines());
                    (cards.chain([String::new()]).chain(gate_lines(&gated.gates)).collect(), 'C')
                }
            };
            return copy(model, text.join("\n").trim().to_owned(), key);
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

/// To the rule's switch, which a person throws in Alma and signs off here.
fn to_the_switch(model: &mut Model) {
    let Some(key) = switch(model.recipe()) else { return };
    if let (Some(campus), Some(step)) = (&mut model.campus, key.step()) {
        campus.at = step;
        campus.places.entry(step).or_default().key = Some(key);
        model.screen = Screen::Steps;
    }
}

/// The gates were looked at, or the campus was set.
pub(super) fn gated(model: &mut Model, ticket: Ticket, result: Result<Box<Gated>, Failure>) -> Vec<Effect> {
    let now = model.now;
    let Screen::GoLive(screen) = &mut model.screen else { return Vec::new() };
    let doing = screen.doing;
    let site = result.as_ref().ok().map(|gated| gated.site.clone());
    let report = result.as_ref().ok().and_then(|gated| gated.report.clone());
    if !screen.job.settle(ticket, result, now) {
        return Vec::new();
    }
    if let Some(report) = report {
        reading::merge(model, &report);
    }
    let (Some(campus), Some(site)) = (&mut model.campus, site) else {
        return leave_if_asked(model).unwrap_or_default();
    };
    campus.site = site;
    // What was typed into the set-up and kept must not bring the old stance back.
    if let Some(setup) = &mut model.setup {
        setup.draft.set(CampusField::Stance, campus.site.stance.as_str());
    }
    match doing {
        AtGates::Looking => Vec::new(),
        // Other values are wanted now.
        AtGates::Setting(_) => leave_if_asked(model).unwrap_or_else(|| reading::check_all(model)),
    }
}

/// Asks for the hand-off.
pub(super) fn write_hand_off(model: &mut Model) -> Vec<Effect> {
    let ticket = ticket(model);
    model.screen = Screen::HandOff(HandOffScreen { job: Job::Asked { ticket, since: model.now }, top: 0 });
    vec![Effect::Work(Work::HandOff { ticket })]
}

/// A key on the hand-off.
pub(super) fn in_hand_off(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::HandOff(screen) = &mut model.screen else { return Vec::new() };
    let text = |print: fn(&Document) -> Vec<String>| {
        screen.job.got().map(|got| print(&got.document).join("\n")).unwrap_or_default()
    };
    match intent {
        Intent::Enter if matches!(screen.job, Job::Failed { .. }) => return write_hand_off(model),
        Intent::Enter if screen.job.since().is_some() => {}
        Intent::Enter | Intent::Back => model.screen = Screen::Summary(0),
        Intent::Copy => {
            let text = text(handoff::ticket_lines);
            return copy(model, text, 'c');
        }
        Intent::CopyCard => {
            let text = text(handoff::text);
            return copy(model, text, 'C');
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

/// The hand-off was written down.
pub(super) fn handed_off(model: &mut Model, ticket: Ticket, result: Result<Box<HandedOff>, Failure>) {
    let now = model.now;
    let Screen::HandOff(screen) = &mut model.screen else { return };
    let report = result.as_ref().ok().map(|got| got.report.clone());
    if screen.job.settle(ticket, result, now)
        && let Some(report) = report
    {
        reading::merge(model, &report);
    }
}

/// Asks about whom to foresee.
pub(super) fn ask_forecast(model: &mut Model, file: &str) {
    model.screen = Screen::Forecast(ForecastScreen { file: Entry::open(file), top: 0 });
}

/// A key before a forecast.
pub(super) fn in_forecast(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::Forecast(screen) = &mut model.screen else { return Vec::new() };
    match intent {
        Intent::Back => model.screen = Screen::Steps,
        Intent::Enter => {
            let file = screen.file.text().trim().to_owned();
            return foretell(model, file);
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

fn foretell(model: &mut Model, file: String) -> Vec<Effect> {
    let ticket = ticket(model);
    let since = model.now;
    let under_way = Foretelling { ticket, since, file: file.clone(), count: None, watched: Watched::On };
    model.screen = Screen::Foretelling(under_way);
    vec![Effect::Work(Work::Foretell { ticket, file })]
}

/// A key while a forecast runs.
pub(super) fn while_foretelling(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match &mut model.screen {
        Screen::Foretelling(screen) if intent == Intent::Back && screen.watched == Watched::On => {
            screen.watched = Watched::Stopping;
            vec![Effect::StopWork]
        }
        _ => Vec::new(),
    }
}

/// Somebody more was read.
pub(super) fn foretelling(model: &mut Model, of: Ticket, done: usize, all: usize) {
    let now = model.now;
    if let Screen::Foretelling(screen) = &mut model.screen
        && screen.ticket == of
    {
        let (known, since) = screen.count.map_or((done, now), |before| (before.known, before.since));
        screen.count = Some(Count { done, all, known, since });
    }
}

/// A forecast ended, or was stopped.
pub(super) fn foretold(model: &mut Model, of: Ticket, ended: Result<Box<Foretold>, Failure>) {
    if let Screen::Foretelling(screen) = &model.screen
        && screen.ticket == of
    {
        let (file, show, at) = (screen.file.clone(), Identifiers::Hashed, model.now);
        model.screen = Screen::Foretold(ForetoldScreen { file, ended, show, at, top: 0 });
    }
}

/// A key after a forecast.
pub(super) fn in_foretold(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::Foretold(screen) = &mut model.screen else { return Vec::new() };
    match intent {
        // What was read is kept, so the same goes on from there; a path may be mended first.
        Intent::Enter if screen.ended.is_err() => {
            let file = screen.file.clone();
            ask_forecast(model, &file);
        }
        Intent::Enter | Intent::Back => model.screen = Screen::Steps,
        Intent::Next => {
            screen.show = match screen.show {
                Identifiers::Hashed => Identifiers::Shown,
                Identifiers::Shown => Identifiers::Hashed,
            };
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

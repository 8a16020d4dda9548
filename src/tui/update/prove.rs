//! Proofs: nothing is made without the campus code, and nobody leaves before what was made is cancelled.
use super::leave::leave_if_asked;
use super::reading::{self, ticket};
use super::turn::scroll;
use super::write::wrong_code;
use crate::engine::journal::ProofScope;
use crate::engine::probe::ProofProgress;
use crate::failure::Failure;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, ProveScreen, ProvedScreen, Proving, Screen, Watched};
use crate::tui::msg::{Effect, Intent, Proved, Ticket, Work};
use crate::tui::page;

/// Tells what a proof does, and asks for the campus code.
pub(super) fn ask(model: &mut Model) {
    let half = ProofScope::Illiad;
    model.screen = Screen::Prove(ProveScreen { half, typed: Entry::open(""), refused: None, top: 0 });
}

/// A key before a proof.
pub(super) fn before(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let new_ticket = ticket(model);
    let (Screen::Prove(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return Vec::new() };
    match intent {
        Intent::Back => model.screen = Screen::Steps,
        Intent::Next => {
            screen.half = match screen.half {
                ProofScope::Illiad => ProofScope::Chain,
                ProofScope::Chain => ProofScope::Illiad,
            };
        }
        Intent::Enter if campus.is_code(screen.typed.text()) => {
            let half = screen.half;
            let (since, told, watched) = (model.now, Vec::new(), Watched::On);
            model.screen = Screen::Proving(Proving { ticket: new_ticket, half, since, told, watched });
            return vec![Effect::Work(Work::Prove { ticket: new_ticket, half })];
        }
        Intent::Enter => {
            screen.refused = Some(wrong_code(screen.typed.text(), campus.site.institution.as_str()));
        }
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

/// A key while it runs.
pub(super) fn meanwhile(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if intent == Intent::Back { stop(model) } else { Vec::new() }
}

/// Asks the proof to stop, once.
pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    let Screen::Proving(screen) = &mut model.screen else { return Vec::new() };
    match screen.watched {
        Watched::Stopping => Vec::new(),
        Watched::On => {
            screen.watched = Watched::Stopping;
            vec![Effect::StopWork]
        }
    }
}

/// Something happened in it.
pub(super) fn progress(model: &mut Model, of: Ticket, progress: ProofProgress) {
    let now = model.now;
    if let Screen::Proving(screen) = &mut model.screen
        && screen.ticket == of
    {
        screen.told.push((now, progress));
    }
}

/// It ended.
pub(super) fn ended(model: &mut Model, of: Ticket, result: Result<Box<Proved>, Failure>) -> Vec<Effect> {
    let Screen::Proving(screen) = &model.screen else { return Vec::new() };
    if screen.ticket != of {
        return Vec::new();
    }
    let half = screen.half;
    if let Ok(proved) = &result {
        reading::merge(model, &proved.report);
    }
    model.screen = Screen::Proved(ProvedScreen { half, ended: result, at: model.now, top: 0 });
    leave_if_asked(model).unwrap_or_default()
}

/// A key after it.
pub(super) fn after(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::Proved(screen) = &mut model.screen else { return Vec::new() };
    match intent {
        Intent::Enter | Intent::Back => model.screen = Screen::Steps,
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

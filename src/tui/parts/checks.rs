//! Checks: requests them, and merges their replies step by step.
use crate::engine::card::cards;
use crate::engine::judge::Report;
use crate::engine::results::CheckResult;
use crate::recipe::{Recipe, StepId};
use crate::tui::model::{Model, RunningCheck};
use crate::tui::msg::{CheckReply, Effect, Ticket, Work};
use crate::tui::parts::landing::land;

/// Returns a new, unique ticket.
pub(in crate::tui) fn ticket(model: &mut Model) -> Ticket {
    let ticket = Ticket(model.next_ticket);
    model.next_ticket += 1;
    ticket
}

/// Requests a check of all steps.
pub(in crate::tui) fn check_all(model: &mut Model) -> Vec<Effect> {
    check(model, StepId::ALL.to_vec())
}

/// Requests a check of these steps. Drops older requests for these steps only, because their replies would be outdated.
pub(in crate::tui) fn check(model: &mut Model, steps: Vec<StepId>) -> Vec<Effect> {
    let ticket = ticket(model);
    let since = model.now;
    let Some(campus) = &mut model.campus else { return Vec::new() };
    campus.readings.retain(|reading| !reading.steps.iter().all(|step| steps.contains(step)));
    campus.readings.push(RunningCheck { ticket, steps: steps.clone(), since });
    vec![Effect::Work(Work::Check { ticket, steps })]
}

/// Takes the reply to a check, unless the check was dropped.
pub(in crate::tui) fn checked(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Box<CheckReply>, crate::failure::Failure>,
) {
    let Some(campus) = &mut model.campus else { return };
    let before = campus.readings.len();
    campus.readings.retain(|reading| reading.ticket != ticket);
    if campus.readings.len() == before {
        return;
    }
    match result {
        Err(failure) => campus.failure = Some(failure),
        Ok(checked) => {
            let CheckReply { result: CheckResult { snapshot, report, remarks, .. }, keys_words, store } = *checked;
            campus.failure = None;
            campus.cards = cards(Recipe::embedded(), &campus.site, &snapshot);
            campus.keys_words = keys_words;
            campus.store = store;
            campus.remarks = remarks;
            campus.undoable = snapshot.journal.undoable();
            let first = model.campus.iter().all(|campus| campus.steps.iter().all(|standing| standing.read.is_none()));
            merge(model, &report);
            if first {
                land(model, snapshot.journal.trace);
            }
        }
    }
}

/// Replaces what is known about the judged steps, unless that is newer.
pub(in crate::tui) fn merge(model: &mut Model, report: &Report) {
    let Some(campus) = &mut model.campus else { return };
    for step in &report.steps {
        for standing in campus.steps.iter_mut().filter(|standing| standing.report.id == step.id) {
            if standing.read.is_none_or(|read| read <= report.at) {
                standing.report = step.clone();
                standing.read = Some(report.at);
            }
        }
    }
}

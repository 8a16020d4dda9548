//! Checks: asked for, and merged step by step when they come.
use crate::engine::card::cards;
use crate::engine::journal::Activity;
use crate::engine::judge::Report;
use crate::engine::results::CheckResult;
use crate::recipe::{Recipe, StepId};
use crate::tui::model::{Model, Opening, Reading, Screen};
use crate::tui::msg::{CheckReply, Effect, Ticket, Work};
use crate::tui::screen::steps::StepsScreen;

/// A ticket nobody else has.
pub(in crate::tui) fn ticket(model: &mut Model) -> Ticket {
    let ticket = Ticket(model.next_ticket);
    model.next_ticket += 1;
    ticket
}

/// Reads everything.
pub(in crate::tui) fn check_all(model: &mut Model) -> Vec<Effect> {
    check(model, StepId::ALL.to_vec())
}

/// Reads these steps. An older request for no more than these is given up: its answer would be older.
pub(in crate::tui) fn check(model: &mut Model, steps: Vec<StepId>) -> Vec<Effect> {
    let ticket = ticket(model);
    let since = model.now;
    let Some(campus) = &mut model.campus else { return Vec::new() };
    campus.readings.retain(|reading| !reading.steps.iter().all(|step| steps.contains(step)));
    campus.readings.push(Reading { ticket, steps: steps.clone(), since });
    vec![Effect::Work(Work::Check { ticket, steps })]
}

/// Takes the answer to a check, unless it was given up.
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
            let CheckReply { result: CheckResult { snapshot, report, remarks }, keys_words, store } = *checked;
            campus.failure = None;
            campus.cards = cards(Recipe::embedded(), &campus.site, &snapshot);
            campus.keys_words = keys_words;
            campus.store = store;
            campus.remarks = remarks;
            campus.undoable = snapshot.journal.undoable();
            merge(model, &report);
            open(model, snapshot.journal.trace);
        }
    }
}

/// Goes to the first step that is not done, for somebody who comes back and has touched nothing yet.
fn open(model: &mut Model, trace: Activity) {
    let Some(campus) = &mut model.campus else { return };
    let opening = std::mem::replace(&mut campus.opening, Opening::Settled);
    if (opening, trace, &model.screen) != (Opening::AtFirstOpen, Activity::Begun, &Screen::Steps(StepsScreen)) {
        return;
    }
    let Some(to) = campus.first_open().filter(|to| *to != campus.at) else { return };
    campus.at = to;
    model.status = Some(format!("Opened at {}, the first step that is not done.", model.recipe().step(to).title));
}

/// Puts judged steps in the place of what was known of them, unless that is newer.
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

//! Plan, apply, undo: nothing is sent without the campus code, typed exactly.
use super::reading::ticket;
use super::turn::scroll;
use crate::failure::FailureKind;
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::model::{Ended, Job, Model, PlanScreen, Screen, UndoScreen, Write, Writing};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::page;

/// Asks for a plan of these steps.
pub(super) fn make_plan(model: &mut Model, steps: Vec<StepId>) -> Vec<Effect> {
    let ticket = ticket(model);
    model.screen = Screen::Plan(PlanScreen {
        steps: steps.clone(),
        job: Job::Asked { ticket, since: model.now },
        typed: Entry::open(""),
        refused: None,
        top: 0,
    });
    vec![Effect::Work(Work::MakePlan { ticket, steps })]
}

/// A key on the plan.
pub(super) fn in_plan(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Back => model.screen = Screen::Steps,
        Intent::Enter => return enter_plan(model),
        _ => {
            let screenful = page::screenful(model);
            if let Screen::Plan(screen) = &mut model.screen {
                scroll(&mut screen.top, intent, screenful);
            }
        }
    }
    Vec::new()
}

fn enter_plan(model: &mut Model) -> Vec<Effect> {
    let new_ticket = ticket(model);
    let since = model.now;
    let Screen::Plan(screen) = &mut model.screen else { return Vec::new() };
    if matches!(screen.job, Job::Failed { .. }) {
        let steps = screen.steps.clone();
        return make_plan(model, steps);
    }
    if matches!(screen.job, Job::Asked { .. } | Job::Idle) {
        return Vec::new();
    }
    let Job::Got { value: plan, at } = std::mem::take(&mut screen.job) else { return Vec::new() };
    if !plan.writes_anything() {
        model.screen = Screen::Steps;
        return Vec::new();
    }
    let typed = screen.typed.text().to_owned();
    match plan.confirm(&typed) {
        Err(plan) => {
            screen.refused = Some(wrong_code(&typed, plan.campus.as_str()));
            screen.job = Job::Got { value: *plan, at };
            Vec::new()
        }
        Ok(plan) => {
            let write = Write::Apply(plan.steps.clone(), plan.due().count());
            model.screen = Screen::Writing(Writing { ticket: new_ticket, write, since });
            vec![Effect::Work(Work::Apply { ticket: new_ticket, plan: Box::new(plan) })]
        }
    }
}

pub(super) fn wrong_code(typed: &str, code: &str) -> String {
    if typed.is_empty() {
        format!("Nothing was sent: type {code} first.")
    } else {
        format!("Nothing was sent: \"{typed}\" is not {code}.")
    }
}

/// A key after a write.
pub(super) fn in_outcome(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::Outcome(screen) = &mut model.screen else { return Vec::new() };
    match intent {
        Intent::Enter => {
            let again = match (&screen.ended, &screen.write) {
                (Ended::Failed(failure), Write::Apply(steps, _)) if failure.kind == FailureKind::Changed => {
                    Some(steps.clone())
                }
                _ => None,
            };
            if let Some(steps) = again {
                return make_plan(model, steps);
            }
            model.screen = Screen::Steps;
        }
        Intent::Back => model.screen = Screen::Steps,
        Intent::Undo if matches!(screen.ended, Ended::Applied(_)) => ask_undo(model),
        _ => scroll(&mut screen.top, intent, screenful),
    }
    Vec::new()
}

/// Asks for the campus code before an undo.
pub(super) fn ask_undo(model: &mut Model) {
    model.screen = Screen::Undo(UndoScreen { typed: Entry::open(""), refused: None });
}

/// A key before an undo.
pub(super) fn in_undo(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Back => model.screen = Screen::Steps,
        Intent::Enter => {
            let ticket = ticket(model);
            let (Screen::Undo(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return Vec::new() };
            if !campus.is_code(screen.typed.text()) {
                screen.refused = Some(wrong_code(screen.typed.text(), campus.site.institution.as_str()));
                return Vec::new();
            }
            model.screen = Screen::Writing(Writing { ticket, write: Write::Undo, since: model.now });
            return vec![Effect::Work(Work::Undo { ticket })];
        }
        _ => {}
    }
    Vec::new()
}

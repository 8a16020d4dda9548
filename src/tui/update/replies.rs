//! Answers of the worker. One to an older request changes nothing.
use super::leave::leave_if_asked;
use super::{errand, paste_back, prove, reading, setup};
use crate::engine::journal::UndoState;
use crate::engine::judge::Report;
use crate::engine::plan::{Draft, Plan};
use crate::failure::Failure;
use crate::tui::model::{Ended, Model, Outcome, Screen, Way};
use crate::tui::msg::{Effect, Msg, Ticket};

/// Takes an answer.
pub(super) fn reply(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Checked { ticket, result } => {
            reading::checked(model, ticket, result);
            Vec::new()
        }
        Msg::Planned { ticket, result } => {
            planned(model, ticket, result);
            Vec::new()
        }
        Msg::Applied { ticket, result } => {
            let (ended, report) = match result {
                Ok(applied) => (Ended::Applied(applied.clone()), Some(applied.report)),
                Err(failure) => (Ended::Failed(failure), None),
            };
            ended_writing(model, ticket, ended, report)
        }
        Msg::Undone { ticket, result } => {
            let (ended, report) = match result.map(|undone| *undone) {
                Ok((words, report)) => (Ended::Undone(words), Some(report)),
                Err(failure) => (Ended::Failed(failure), None),
            };
            ended_writing(model, ticket, ended, report)
        }
        Msg::Proving { ticket, progress } => {
            prove::progress(model, ticket, progress);
            Vec::new()
        }
        Msg::Proved { ticket, result } => prove::ended(model, ticket, result),
        Msg::Gated { ticket, result } => errand::gated(model, ticket, result),
        Msg::HandedOff { ticket, result } => {
            errand::handed_off(model, ticket, result);
            Vec::new()
        }
        Msg::Foretelling { ticket, done, all } => {
            errand::foretelling(model, ticket, done, all);
            Vec::new()
        }
        Msg::Foretold { ticket, result } => {
            errand::foretold(model, ticket, result);
            Vec::new()
        }
        Msg::Attested { ticket, result } => attested(model, ticket, result),
        Msg::Shown { ticket, result } => paste_back::shown(model, ticket, result),
        Msg::Explored { ticket, result } => {
            setup::explored(model, ticket, result);
            Vec::new()
        }
        Msg::Saved { ticket, result } => setup::saved(model, ticket, result),
        // The rest are no answers.
        Msg::Key(_)
        | Msg::Paste(_)
        | Msg::Click(..)
        | Msg::Wheel(_)
        | Msg::Resize(..)
        | Msg::Tick(_)
        | Msg::Leave(_) => Vec::new(),
    }
}

/// The plan, if it is still looked at.
fn planned(model: &mut Model, ticket: Ticket, result: Result<Box<Plan<Draft>>, Failure>) {
    if let Screen::Plan(screen) = &mut model.screen {
        screen.job.settle(ticket, result.map(|plan| *plan), model.now);
    }
}

/// A write was answered: shows how it ended, and reads everything again, since other steps build on the record.
fn ended_writing(model: &mut Model, ticket: Ticket, ended: Ended, report: Option<Report>) -> Vec<Effect> {
    let Screen::Writing(screen) = &model.screen else { return Vec::new() };
    if screen.ticket != ticket {
        return Vec::new();
    }
    let write = screen.write.clone();
    model.screen = Screen::Outcome(Outcome { write, ended, at: model.now, top: 0 });
    if let Some(report) = report {
        reading::merge(model, &report);
    }
    if let Some(campus) = &mut model.campus {
        // Which write is the last one now, the journal says when it is read again.
        campus.undoable = UndoState::Nothing;
    }
    leave_if_asked(model).unwrap_or_else(|| reading::check_all(model))
}

fn attested(model: &mut Model, ticket: Ticket, result: Result<Box<Report>, Failure>) -> Vec<Effect> {
    let now = model.now;
    let Screen::SignOff(screen) = &mut model.screen else { return Vec::new() };
    let (report, outcome) = match result {
        Ok(report) => (Some(report), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if !screen.job.settle(ticket, outcome, now) {
        return Vec::new();
    }
    let way = screen.way;
    if let Some(report) = report {
        model.held.sign_off = None;
        model.screen = Screen::Steps;
        model.status = Some(match way {
            Way::Sign => format!("Signed off as {}.", model.user),
            Way::TakeBack => "Taken back.".to_owned(),
        });
        reading::merge(model, &report);
    }
    leave_if_asked(model).unwrap_or_default()
}

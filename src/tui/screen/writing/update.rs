//! Handles a running write. No key does anything; the answer opens the outcome.
use super::state::WritingScreen;
use crate::engine::journal::UndoState;
use crate::engine::judge::Report;
use crate::engine::results::ApplyResult;
use crate::failure::Failure;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::checks::{check_all, merge};
use crate::tui::parts::leaving::leave_if_asked;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::outcome::{OutcomeScreen, WriteEnd};
use crate::tui::ticket::Ticket;

impl Behaviour for WritingScreen {
    fn key(_model: &mut Model, _intent: Intent, _screenful: usize) -> Vec<Effect> {
        Vec::new()
    }

    fn is_writing(&self) -> bool {
        true
    }
}

/// Takes the answer to an apply.
pub(in crate::tui) fn applied(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Box<ApplyResult>, Failure>,
) -> Vec<Effect> {
    let (ended, report) = match result {
        Ok(applied) => (WriteEnd::Applied(applied.clone()), Some(applied.report)),
        Err(failure) => (WriteEnd::Failed(failure), None),
    };
    answered(model, ticket, ended, report)
}

/// Takes the answer to an undo.
pub(in crate::tui) fn undone(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Box<(String, Report)>, Failure>,
) -> Vec<Effect> {
    let (ended, report) = match result.map(|undone| *undone) {
        Ok((words, report)) => (WriteEnd::Undone(words), Some(report)),
        Err(failure) => (WriteEnd::Failed(failure), None),
    };
    answered(model, ticket, ended, report)
}

/// Shows the outcome and reads all steps again, because other steps build on the record.
fn answered(model: &mut Model, ticket: Ticket, ended: WriteEnd, report: Option<Report>) -> Vec<Effect> {
    let Screen::Writing(screen) = &model.screen else { return Vec::new() };
    if screen.ticket != ticket {
        return Vec::new();
    }
    let write = screen.write.clone();
    model.screen = Screen::Outcome(OutcomeScreen { write, ended, at: model.now, top: 0 });
    if let Some(report) = report {
        merge(model, &report);
    }
    if let Some(campus) = &mut model.campus {
        // Unknown until the check reads the journal again.
        campus.undoable = UndoState::Nothing;
    }
    leave_if_asked(model).unwrap_or_else(|| check_all(model))
}

//! Handles a running proof. It can be stopped, and the program exits only after its test requests are cancelled.
use super::state::ProvingScreen;
use crate::engine::judge::Report;
use crate::engine::probe::ProofProgress;
use crate::engine::results::ProofRun;
use crate::failure::Failure;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::checks::merge;
use crate::tui::parts::leaving::leave_if_asked;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::proof_result::ProofResultScreen;
use crate::tui::ticket::Ticket;
use crate::tui::watch::WorkState;

impl Behaviour for ProvingScreen {
    fn key(model: &mut Model, intent: Intent, _screenful: usize) -> Vec<Effect> {
        if intent == Intent::Back { Self::stop(model) } else { Vec::new() }
    }

    /// Asks the worker to stop, once.
    fn stop(model: &mut Model) -> Vec<Effect> {
        let Screen::Proving(screen) = &mut model.screen else { return Vec::new() };
        match screen.watched {
            WorkState::Stopping => Vec::new(),
            WorkState::On => {
                screen.watched = WorkState::Stopping;
                vec![Effect::StopWork]
            }
        }
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        intent != Intent::Back || self.watched == WorkState::On
    }

    fn is_writing(&self) -> bool {
        true
    }

    fn can_be_stopped(&self) -> bool {
        true
    }

    fn finishing(&self) -> &'static str {
        "Cancelling the test requests, then quitting. Ctrl-C again quits at once."
    }
}

/// Records a progress report.
pub(in crate::tui) fn progressed(model: &mut Model, of: Ticket, progress: ProofProgress) {
    let now = model.now;
    if let Screen::Proving(screen) = &mut model.screen
        && screen.ticket == of
    {
        screen.told.push((now, progress));
    }
}

/// Shows the result of the proof.
pub(in crate::tui) fn ended(
    model: &mut Model,
    of: Ticket,
    result: Result<Box<(ProofRun, Report)>, Failure>,
) -> Vec<Effect> {
    let Screen::Proving(screen) = &model.screen else { return Vec::new() };
    if screen.ticket != of {
        return Vec::new();
    }
    let half = screen.half;
    let ended = result.map(|proved| {
        let (run, report) = *proved;
        merge(model, &report);
        Box::new(run)
    });
    model.screen = Screen::ProofResult(ProofResultScreen { half, ended, at: model.now, top: 0 });
    leave_if_asked(model).unwrap_or_default()
}

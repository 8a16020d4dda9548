//! Handles the hand-off: asks for it, shows it, copies it.
use super::state::HandOffScreen;
use crate::engine::handoff::{self, Document};
use crate::failure::Failure;
use crate::tui::job::Job;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, HandOffResult, Intent, Work};
use crate::tui::parts::checks::{merge, ticket};
use crate::tui::parts::copy::copy;
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::ticket::Ticket;

/// Opens the screen and asks for the hand-off.
pub(in crate::tui) fn open(model: &mut Model) -> Vec<Effect> {
    let ticket = ticket(model);
    let from = match &model.screen {
        Screen::HandOff(screen) => screen.from.clone(),
        other => Box::new(other.clone()),
    };
    model.screen = Screen::HandOff(HandOffScreen { job: Job::Asked { ticket, since: model.now }, from, top: 0 });
    vec![Effect::Work(Work::HandOff { ticket })]
}

impl Behaviour for HandOffScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::HandOff(screen) = &mut model.screen else { return Vec::new() };
        let text = |print: fn(&Document) -> Vec<String>| {
            screen.job.got().map(|got| print(&got.document).join("\n")).unwrap_or_default()
        };
        match intent {
            Intent::Enter if matches!(screen.job, Job::Failed { .. }) => return open(model),
            Intent::Enter if screen.job.since().is_some() => {}
            Intent::Enter | Intent::Back => model.screen = (*screen.from).clone(),
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

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        match &self.job {
            Job::Failed { .. } => Some("try again".to_owned()),
            Job::Got { .. } => Some("back".to_owned()),
            Job::Idle | Job::Asked { .. } => None,
        }
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        !matches!(intent, Intent::Copy | Intent::CopyCard) || self.job.got().is_some()
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        self.job.failure_words().into_iter().collect()
    }

    fn is_busy(&self) -> bool {
        self.job.since().is_some()
    }
}

/// Takes the finished hand-off.
pub(in crate::tui) fn written(model: &mut Model, ticket: Ticket, result: Result<Box<HandOffResult>, Failure>) {
    let now = model.now;
    let Screen::HandOff(screen) = &mut model.screen else { return };
    let report = result.as_ref().ok().map(|got| got.report.clone());
    if screen.job.settle(ticket, result, now)
        && let Some(report) = report
    {
        merge(model, &report);
    }
}

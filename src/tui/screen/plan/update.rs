//! Handles a plan. Nothing is sent unless the campus code is typed exactly.
use super::state::{PlanQuestion, PlanScreen};
use crate::engine::plan::{Basis, Draft, Plan};
use crate::failure::Failure;
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::checks::ticket;
use crate::tui::parts::scroll::scroll;
use crate::tui::row::Tone;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, Meaning};
use crate::tui::screen::code_field::CodeField;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::writing::{Write, WritingScreen};
use crate::tui::script::Mark;
use crate::tui::ticket::Ticket;

/// Opens the screen and asks for a plan of these steps.
pub(in crate::tui) fn open(model: &mut Model, steps: Vec<StepId>) -> Vec<Effect> {
    let ticket = ticket(model);
    model.screen = Screen::Plan(PlanScreen {
        steps: steps.clone(),
        job: Job::Asked { ticket, since: model.now },
        code: CodeField::empty(),
        beside: Vec::new(),
        top: 0,
    });
    vec![Effect::Work(Work::MakePlan { ticket, steps })]
}

impl Behaviour for PlanScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Plan(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Enter => return enter(model),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::Plan(screen) = &mut model.screen else { return };
        screen.code.edit(change);
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        let words = match &self.job {
            Job::Got { .. } => match self.question() {
                Some(PlanQuestion::Write) => "write",
                Some(PlanQuestion::Beside(_)) => "continue",
                None => "back",
            },
            Job::Asked { .. } => return None,
            Job::Idle | Job::Failed { .. } => "try again",
        };
        Some(words.to_owned())
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        self.asks().then_some(&self.code.typed)
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::AsTold
    }

    fn is_busy(&self) -> bool {
        self.job.since().is_some()
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        let plan = self.job.got();
        let obstacles = plan.into_iter().flat_map(|plan| &plan.obstacles).map(String::as_str);
        let unread = plan.and_then(|plan| match &plan.basis {
            Basis::Unread(why) => Some(why.what.as_str()),
            Basis::NoRecord | Basis::Record(_) => None,
        });
        self.job.failure_words().into_iter().chain(unread).chain(obstacles).collect()
    }

    fn folded<'a>(&'a self, _model: &'a Model) -> Option<&'a str> {
        let unread = || match &self.job.got()?.basis {
            Basis::Unread(why) => why.folded(),
            Basis::NoRecord | Basis::Record(_) => None,
        };
        self.job.failure().and_then(Failure::folded).or_else(unread)
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Differs, Tone::Bad, "prevents the write"),
            (Mark::Unread, Tone::Warn, "could not be read; that does not mean missing"),
            (Mark::Waiting, Tone::Warn, "to set by hand; not written from here"),
            (Mark::Advice, Tone::Warn, "a question to answer before anything is created"),
        ]
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    let new_ticket = ticket(model);
    let since = model.now;
    let Screen::Plan(screen) = &mut model.screen else { return Vec::new() };
    let plan = match &screen.job {
        Job::Failed { .. } => {
            let steps = screen.steps.clone();
            return open(model, steps);
        }
        Job::Idle | Job::Asked { .. } => return Vec::new(),
        Job::Got { value: plan, .. } => plan,
    };
    match screen.question() {
        None => {
            model.screen = Screen::Steps(StepsScreen);
            return Vec::new();
        }
        Some(PlanQuestion::Beside(other)) => {
            let code = other.code.clone();
            if screen.code.is(&code) {
                screen.beside.push(code);
                screen.code = CodeField::empty();
            }
            return Vec::new();
        }
        Some(PlanQuestion::Write) => {}
    }
    let consent = screen.code.consent(&plan.campus).map(|consent| consent.beside(screen.beside.clone()));
    let Some(Ok(plan)) = consent.map(|consent| plan.clone().confirm(&consent)) else { return Vec::new() };
    let write = Write::Apply(plan.steps.clone(), plan.due().count());
    model.screen = Screen::Writing(WritingScreen { ticket: new_ticket, write, since });
    vec![Effect::Work(Work::Apply { ticket: new_ticket, plan: Box::new(plan) })]
}

/// Takes the plan if its screen is still open.
pub(in crate::tui) fn planned(model: &mut Model, ticket: Ticket, result: Result<Box<Plan<Draft>>, Failure>) {
    if let Screen::Plan(screen) = &mut model.screen {
        screen.job.settle(ticket, result, model.now);
    }
}

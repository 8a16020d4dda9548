//! Handles the go-live screen: reads the gates, and sets the campus live or back after the campus code is typed.
use super::page::MARKS;
use super::state::{GatesWork, GoLiveScreen};
use crate::engine::golive::{gate_lines, switch};
use crate::failure::Failure;
use crate::site::Stance;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, GateRun, Intent, Work};
use crate::tui::parts::checks::{check_all, merge, ticket};
use crate::tui::parts::copy::copy;
use crate::tui::parts::leaving::leave_if_asked;
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, Meaning};
use crate::tui::screen::code_field::CodeField;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::ticket::Ticket;

/// Opens the screen and reads every gate.
pub(in crate::tui) fn open(model: &mut Model) -> Vec<Effect> {
    let ticket = ticket(model);
    at_gates(model, GatesWork::Looking, ticket);
    vec![Effect::Work(Work::Gates { ticket })]
}

fn at_gates(model: &mut Model, doing: GatesWork, ticket: Ticket) {
    let job = Job::Asked { ticket, since: model.now };
    let from = match &model.screen {
        Screen::GoLive(screen) => screen.from.clone(),
        other => Box::new(other.clone()),
    };
    model.screen =
        Screen::GoLive(GoLiveScreen { doing, job, way: Stance::Live, code: CodeField::empty(), from, top: 0 });
}

impl Behaviour for GoLiveScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::GoLive(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            // Cancels the way back, and stays on the screen.
            Intent::Back if screen.asks() && screen.way == Stance::Ahead => {
                (screen.way, screen.code) = (Stance::Live, CodeField::empty());
            }
            Intent::Back => model.screen = (*screen.from).clone(),
            Intent::Enter => return enter(model),
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

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::GoLive(screen) = &mut model.screen else { return };
        screen.code.edit(change);
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        if self.job.since().is_some() {
            return None;
        }
        Some(match (self.asks(), self.way) {
            (true, Stance::Live) => "go live".to_owned(),
            (true, Stance::Ahead) => "go back".to_owned(),
            (false, _) if self.switch_is_due() => {
                let step = switch(model.recipe()).and_then(|key| key.step())?;
                format!("go to {}", model.recipe().step(step).title)
            }
            (false, _) if self.is_through() => "back".to_owned(),
            (false, _) => "check again".to_owned(),
        })
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        match intent {
            Intent::Copy | Intent::CopyCard => self.job.got().is_some_and(|gated| !gated.cards.is_empty()),
            Intent::Undo => self.may_go_back() && !self.asks(),
            _ => true,
        }
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        self.asks().then_some(&self.code.typed)
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::AsTold
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        self.job.failure_words().into_iter().collect()
    }

    fn is_busy(&self) -> bool {
        self.job.since().is_some()
    }

    fn is_writing(&self) -> bool {
        self.is_setting()
    }

    fn marks(&self) -> &'static [Meaning] {
        MARKS
    }

    fn last_word(&self, _model: &Model) -> Option<String> {
        let GatesWork::Setting(_) = self.doing else { return None };
        match &self.job {
            Job::Got { value, .. } => Some(format!("The campus file now says {}.", value.site.stance.as_str())),
            Job::Failed { failure, .. } => Some(format!("The campus file was not changed: {}", failure.plain())),
            Job::Idle | Job::Asked { .. } => None,
        }
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    let (Screen::GoLive(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return Vec::new() };
    if screen.asks() {
        let to = screen.way;
        if let Some(consent) = screen.code.consent(&campus.site.institution) {
            let ticket = ticket(model);
            at_gates(model, GatesWork::Setting(to), ticket);
            return vec![Effect::Work(Work::SetStance { ticket, to, consent })];
        }
    } else if screen.switch_is_due() {
        to_the_switch(model);
    } else if screen.is_through() {
        model.screen = (*screen.from).clone();
    } else if screen.job.since().is_none() {
        return open(model);
    }
    Vec::new()
}

/// Goes to the value that stands for the rule's switch. A person enables it in Alma and signs it off here.
fn to_the_switch(model: &mut Model) {
    let Some(key) = switch(model.recipe()) else { return };
    if let (Some(campus), Some(step)) = (&mut model.campus, key.step()) {
        campus.at = step;
        campus.places.entry(step).or_default().key = Some(key);
        model.screen = Screen::Steps(StepsScreen);
    }
}

/// Takes the gates that were read, or the stance that was set.
pub(in crate::tui) fn gated(model: &mut Model, ticket: Ticket, result: Result<Box<GateRun>, Failure>) -> Vec<Effect> {
    let now = model.now;
    let Screen::GoLive(screen) = &mut model.screen else { return Vec::new() };
    let doing = screen.doing;
    let site = result.as_ref().ok().map(|gated| gated.site.clone());
    let report = result.as_ref().ok().and_then(|gated| gated.report.clone());
    if !screen.job.settle(ticket, result, now) {
        return Vec::new();
    }
    if let Some(report) = report {
        merge(model, &report);
    }
    let (Some(campus), Some(site)) = (&mut model.campus, site) else {
        return leave_if_asked(model).unwrap_or_default();
    };
    campus.site = site;
    // Answers kept in the set-up must not restore the old stance.
    if let Some(setup) = &mut model.setup {
        setup.set_stance(campus.site.stance);
    }
    match doing {
        GatesWork::Looking => Vec::new(),
        // The new stance wants other values.
        GatesWork::Setting(_) => leave_if_asked(model).unwrap_or_else(|| check_all(model)),
    }
}

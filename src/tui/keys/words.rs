//! What the keys do here and now, in words: footer and help.
use super::here::{context, under_help, works};
use super::key::Key;
use super::table::{Context, EDITING, TABLE};
use crate::engine::{self, BLANK, Verdict};
use crate::recipe::StepId;
use crate::site::Stance;
use crate::tui::entry::{Entry, Mask};
use crate::tui::model::{Campus, Ended, GoLiveScreen, Job, Model, Screen, Way};
use crate::tui::msg::Intent;
use crate::tui::next::{self, Next};
use crate::tui::setup::Page;
use crate::tui::{page, paste, text};

/// What is said of one value where Enter signs off several; and the same where there is little room.
pub const ONE_OF_THEM: (&str, &str) = ("sign this one off", "this one");

/// Columns of a row of a list that Enter takes.
const TAKEN: usize = 24;

/// What Enter does here and now, in words; none where it does nothing.
#[must_use]
pub fn enter_words(model: &Model) -> Option<String> {
    if model.help.is_some() {
        return Some("back".to_owned());
    }
    let words = enter_words_under_help(model)?;
    Some(if page::holds_back(model) { "read on".to_owned() } else { words })
}

/// What Enter does on the screen itself, or did when the help was opened.
#[must_use]
pub fn enter_words_under_help(model: &Model) -> Option<String> {
    Some(match &model.screen {
        Screen::Steps => next::next(model, model.campus.as_ref()?).words(model.recipe()),
        Screen::Plan(screen) => match screen.job.got() {
            Some(plan) if plan.writes_anything() => "write".to_owned(),
            Some(_) => "back".to_owned(),
            None if screen.job.since().is_some() => return None,
            None => "try again".to_owned(),
        },
        Screen::Writing(_) => return None,
        Screen::Outcome(outcome) => match &outcome.ended {
            Ended::Failed(failure) if failure.kind == crate::failure::Kind::Changed => "see the new plan".to_owned(),
            _ => "go on".to_owned(),
        },
        Screen::Undo(_) => "put it back".to_owned(),
        Screen::Prove(_) => "prove it".to_owned(),
        Screen::Proving(_) => return None,
        Screen::Proved(_) => "go on".to_owned(),
        Screen::SignOff(screen) if screen.job.since().is_some() => return None,
        Screen::SignOff(screen) if !screen.is_last() && !screen.signs() => "go on".to_owned(),
        Screen::SignOff(screen) => match screen.way {
            Way::Sign => "sign".to_owned(),
            Way::TakeBack => "take it back".to_owned(),
        },
        Screen::PasteBack(screen) if screen.job.since().is_some() => return None,
        Screen::PasteBack(screen) => paste::enter_words(model, screen)?,
        Screen::Summary(_) => match model.campus.as_ref()?.first_open() {
            Some(open) => format!("go to {}", model.recipe().step(open).title),
            None if model.campus.as_ref()?.site.stance == Stance::Ahead => "go live".to_owned(),
            None => "to the steps".to_owned(),
        },
        Screen::GoLive(screen) if screen.job.since().is_some() => return None,
        Screen::GoLive(screen) => at_gates(model, screen)?,
        Screen::HandOff(screen) => match &screen.job {
            Job::Failed { .. } => "try again".to_owned(),
            Job::Got { .. } => "go on".to_owned(),
            Job::Idle | Job::Asked { .. } => return None,
        },
        Screen::Forecast(screen) if screen.file.text().trim().is_empty() => "foresee the sample".to_owned(),
        Screen::Forecast(_) => "foresee the list".to_owned(),
        Screen::Foretelling(_) => return None,
        Screen::Foretold(screen) if screen.ended.is_err() => "go on from there".to_owned(),
        Screen::Foretold(_) => "go on".to_owned(),
        Screen::Setup if model.writing() => return None,
        Screen::Setup => match model.setup.as_ref()?.page {
            Page::Campus if model.setup.as_ref()?.goes_on() => "go on".to_owned(),
            Page::Campus => model.setup.as_ref()?.campus_chosen().map(|_| "choose".to_owned())?,
            Page::Systems | Page::Places => match model.setup.as_ref()?.takes() {
                Some(value) => format!("take {}", text::cut(&value, TAKEN, model.script.dots())),
                None => "next".to_owned(),
            },
            Page::Review if model.setup.as_ref()?.is_whole() => match model.setup.as_ref()?.keys_are_lost() {
                true => "save all but the keys".to_owned(),
                false => "save".to_owned(),
            },
            Page::Review => "go to what is missing".to_owned(),
        },
    })
}

fn at_gates(model: &Model, screen: &GoLiveScreen) -> Option<String> {
    Some(match (screen.asks(), screen.way) {
        (true, Stance::Live) => "go live".to_owned(),
        (true, Stance::Ahead) => "go back".to_owned(),
        (false, _) if screen.switch_is_due() => {
            let step = engine::switch(model.recipe()).and_then(|key| key.step())?;
            format!("go to {}", model.recipe().step(step).title)
        }
        (false, _) if screen.is_through() => "go on".to_owned(),
        (false, _) => "look again".to_owned(),
    })
}

/// A key of the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterKey {
    /// What is pressed.
    pub key: Key,
    /// What is meant by it here.
    pub intent: Intent,
    /// What it does.
    pub words: String,
}

impl FooterKey {
    /// Whether it signs off or undoes.
    #[must_use]
    pub fn commits(&self) -> bool {
        matches!(self.intent, Intent::SignOff | Intent::Undo)
    }
}

/// The keys that work here and now. What Enter does stands first.
#[must_use]
pub fn footer(model: &Model) -> Vec<FooterKey> {
    let here = context(model);
    let typing = model.entry().is_some();
    let mut out: Vec<FooterKey> = Vec::new();
    if model.leaving.is_some() {
        return out;
    }
    for binding in TABLE.iter().filter(|binding| binding.here.contains(&here) && works(model, binding.intent)) {
        let usable = binding.keys.iter().find(|key| !typing || !matches!(key, Key::Char(_)));
        let Some(&key) = usable else { continue };
        let words = match binding.intent {
            Intent::Enter => enter_words(model).unwrap_or_default(),
            Intent::Back | Intent::Help if here == Context::Help => String::new(),
            // Nothing led there.
            Intent::Back if here == Context::Campuses && model.campus.is_none() => String::new(),
            // Said once, of Enter.
            Intent::Back if out.iter().any(|other| other.words == binding.label) => String::new(),
            // The procedure's word for an empty field is nothing to paste into one; who presses the key is told.
            Intent::Copy if here == Context::Steps && stays_blank(model) => String::new(),
            Intent::SignOff if attested(model) => "take back".to_owned(),
            Intent::Reveal if model.entry().and_then(Entry::mask) == Some(Mask::Off) => "hide key".to_owned(),
            Intent::Check if model.screen == Screen::Steps && (enter_is_check(model) || by_hand(model)) => {
                String::new()
            }
            Intent::SignOff if enter_signs_it(model) => String::new(),
            // Enter signs several.
            Intent::SignOff if matches!(next_of(model), Some(Next::SignOff(_))) => ONE_OF_THEM.0.to_owned(),
            Intent::GoLive if is_live(model) => "way back".to_owned(),
            Intent::GoLive if out.iter().any(|other| other.words == binding.label) => String::new(),
            Intent::PasteBack if matches!(next_of(model), Some(Next::PasteBack(_))) => String::new(),
            _ => binding.label.to_owned(),
        };
        if !words.is_empty() {
            out.push(FooterKey { key, intent: binding.intent, words });
        }
    }
    let interrupt = |words: &str| FooterKey { key: Key::Ctrl('c'), intent: Intent::Interrupt, words: words.to_owned() };
    if model.writing() {
        out.push(interrupt("leave when it is done"));
    } else if typing || !TABLE.iter().any(|binding| binding.intent == Intent::Quit && binding.here.contains(&here)) {
        out.push(interrupt("leave"));
    }
    out
}

/// Whether the value chosen is that of an empty field.
#[must_use]
pub fn stays_blank(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    chosen.is_some_and(|finding| finding.want.as_deref() == Some(BLANK))
}

fn next_of(model: &Model) -> Option<Next> {
    model.campus.as_ref().map(|campus| next::next(model, campus))
}

fn enter_is_check(model: &Model) -> bool {
    next_of(model) == Some(Next::CheckAgain)
}

/// Whether nothing on this step can be read anew: no API has it. The footer's room is for what a person does there.
fn by_hand(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| matches!(campus.at, StepId::Rota | StepId::Rule | StepId::Illiad))
}

/// Whether Enter signs just the value chosen.
fn enter_signs_it(model: &Model) -> bool {
    let chosen = model.campus.as_ref().and_then(Campus::finding);
    matches!((next_of(model), chosen), (Some(Next::SignOff(keys)), Some(finding)) if keys == [finding.key.clone()])
}

fn is_live(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.site.stance == Stance::Live)
}

fn attested(model: &Model) -> bool {
    let finding = model.campus.as_ref().and_then(Campus::finding);
    finding.is_some_and(|finding| matches!(finding.verdict, Verdict::Attested(_)))
}

/// Whether characters are text or keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// They are typed into a field.
    Text,
    /// They are keys like others.
    Keys,
}

impl Characters {
    /// What they are on the screen shown, or on the one under the help.
    #[must_use]
    pub fn under_help(model: &Model) -> Self {
        if model.entry_under_help().is_some() { Self::Text } else { Self::Keys }
    }
}

/// The lines of the help: keys and what they do.
#[derive(Debug, Default)]
pub struct HelpLines {
    /// Those that do something now.
    pub now: Vec<(String, &'static str)>,
    /// Those that do something on this screen, with something else chosen.
    pub otherwise: Vec<(String, &'static str)>,
}

/// The lines of the help for the screen that it was opened on. Where characters are text, they are no keys.
#[must_use]
pub fn help(model: &Model) -> HelpLines {
    let (here, characters) = (under_help(model), Characters::under_help(model));
    let types = |key: &&Key| characters == Characters::Keys || !matches!(key, Key::Char(_));
    let names = |keys: &[Key]| keys.iter().filter(types).map(|key| key.name()).collect::<Vec<_>>().join(", ");
    let mut lines = HelpLines::default();
    for binding in TABLE.iter().filter(|binding| binding.here.contains(&here)) {
        let line = (names(binding.keys), binding.help);
        match (line.0.is_empty(), works(model, binding.intent)) {
            (true, _) => {}
            (false, true) => lines.now.push(line),
            (false, false) => lines.otherwise.push(line),
        }
    }
    lines
}

/// The lines of the help for text fields.
#[must_use]
pub fn editing_help() -> Vec<(String, &'static str)> {
    let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    EDITING.iter().map(|(keys, _, help)| (names(keys), *help)).collect()
}

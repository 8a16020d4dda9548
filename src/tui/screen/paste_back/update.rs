//! Handles the paste-back: typing, pasting, recording.
use super::comparison;
use super::state::PasteBackScreen;
use crate::engine::journal::UnsentInput;
use crate::engine::judge::Report;
use crate::failure::Failure;
use crate::recipe::FieldKey;
use crate::text::key_like;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::checks::{merge, ticket};
use crate::tui::parts::leaving::{leave_if_asked, not_recorded};
use crate::tui::parts::scroll::scroll;
use crate::tui::row::Tone;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, Meaning, TextUse};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::script::Mark;
use crate::tui::ticket::Ticket;
use zeroize::Zeroizing;

/// Opens the paste-back of a value, with what was typed for it before.
pub(in crate::tui) fn open(model: &mut Model, key: FieldKey) {
    let held = model.held.paste.take().filter(|held| held.key == key);
    let fresh = || PasteBackScreen::of(key, Entry::open(""));
    model.screen = Screen::PasteBack(held.unwrap_or_else(fresh));
}

impl Behaviour for PasteBackScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let (new_ticket, since) = (ticket(model), model.now);
        let Screen::PasteBack(screen) = &model.screen else { return Vec::new() };
        if screen.job.since().is_some() {
            return Vec::new();
        }
        let fields = comparison::recorded(model, screen);
        let Screen::PasteBack(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Back => {
                model.held.paste = Some(screen.clone());
                model.screen = Screen::Steps(StepsScreen);
            }
            Intent::Enter if !fields.is_empty() => {
                screen.job = Job::Asked { ticket: new_ticket, since };
                return vec![Effect::Work(Work::Show { ticket: new_ticket, fields })];
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::PasteBack(screen) = &mut model.screen else { return };
        screen.form = None;
        screen.top = 0;
        change(&mut screen.typed);
    }

    /// Takes a whole form. A single value goes into the text field.
    fn paste(model: &mut Model, text: &str) -> bool {
        let Screen::PasteBack(screen) = &model.screen else { return false };
        let text = with_line_ends(text);
        let Some(form) = comparison::form(model, &screen.key, &text) else { return false };
        if form.pasted.iter().any(|pasted| key_like(&pasted.got).next().is_some()) {
            model.status = Some(
                "In this form stands what looks like a key: nothing of it was taken. Paste it without.".to_owned(),
            );
            return true;
        }
        if let Screen::PasteBack(screen) = &mut model.screen {
            screen.typed = Entry::open("");
            screen.form = Some(form);
            let told = |line: &str| if key_like(line).next().is_none() { line.to_owned() } else { String::new() };
            screen.lines = text.trim_end().lines().map(told).collect();
            screen.top = 0;
        }
        true
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        self.job.since().is_none().then(|| comparison::enter_words(model, self))?
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        self.job.since().is_none().then_some(&self.typed)
    }

    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Anything
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::Comparison(Zeroizing::new(self.typed.text().to_owned()))
    }

    fn is_writing(&self) -> bool {
        self.job.since().is_some()
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Same, Tone::Good, "equal, letter by letter"),
            (Mark::Differs, Tone::Bad, "not equal"),
            (Mark::Unread, Tone::Warn, "cannot be told for sure, so it is not compared"),
        ]
    }

    fn last_word(&self, _model: &Model) -> Option<String> {
        not_recorded(&self.job)
    }

    fn unsent_word(&self, _model: &Model) -> Option<&'static str> {
        (!self.typed.is_empty() || self.form.is_some()).then_some("Nothing was recorded.")
    }
}

/// Normalises line ends to line feeds. Terminals send a pasted line end as a carriage return, or as both.
fn with_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Takes the answer to a recording.
pub(in crate::tui) fn recorded(model: &mut Model, ticket: Ticket, result: Result<Box<Report>, Failure>) -> Vec<Effect> {
    let Screen::PasteBack(screen) = &mut model.screen else { return Vec::new() };
    if !screen.job.awaits(ticket) {
        return Vec::new();
    }
    match result {
        Err(failure) => screen.job = Job::Failed { failure, at: model.now },
        Ok(report) => {
            let screen = screen.clone();
            model.status = Some(format!("Recorded as {}: {}.", model.user, comparison::tally(model, &screen)));
            model.held.paste = None;
            model.screen = Screen::Steps(StepsScreen);
            merge(model, &report);
        }
    }
    leave_if_asked(model).unwrap_or_default()
}

/// The text typed but not recorded, to be kept for the next session. API keys are not kept.
pub(in crate::tui) fn unsent(model: &Model) -> Option<UnsentInput> {
    let screen = match &model.screen {
        Screen::PasteBack(screen) => screen,
        _ => model.held.paste.as_ref()?,
    };
    let text = screen.typed.worth_keeping().to_owned();
    (!text.trim().is_empty()).then(|| UnsentInput::Value { field: screen.key.clone(), text })
}

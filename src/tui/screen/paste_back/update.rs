//! Handles the paste-back: typing, pasting, recording.
use super::comparison;
use super::state::PasteBackScreen;
use crate::engine::journal::UnsentInput;
use crate::engine::judge::Report;
use crate::failure::Failure;
use crate::recipe::FieldKey;
use crate::text::{holds_stars, key_like, starred};
use crate::tui::entry::{Entry, HIDDEN};
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
                let kept = !screen.text.trim().is_empty();
                model.status = kept.then(|| "What you pasted is kept here, but not recorded.".to_owned());
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
        screen.top = 0;
        if screen.form.is_some() {
            let text = changed(&screen.text, change);
            return read_again(model, text);
        }
        let before = screen.typed.text().to_owned();
        change(&mut screen.typed);
        screen.text = followed(&screen.text, &before, screen.typed.text());
    }

    /// Adds a whole paste to what is there. On a form it begins a line of its own.
    fn paste(model: &mut Model, text: &str) -> bool {
        let Screen::PasteBack(screen) = &model.screen else { return false };
        let apart = screen.form.is_some() && !screen.text.ends_with('\n') && !text.starts_with(['\n', '\r']);
        let text = Zeroizing::new(with_line_ends(text));
        added(model, &format!("{}{}", if apart { "\n" } else { "" }, *text))
    }

    fn piece(model: &mut Model, text: &str) -> bool {
        added(model, &Zeroizing::new(with_line_ends(text)))
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
        AtStake::Comparison(self.text.clone())
    }

    fn is_writing(&self) -> bool {
        self.job.since().is_some()
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Same, Tone::Good, "exact match"),
            (Mark::Differs, Tone::Bad, "does not match"),
            (Mark::Unread, Tone::Warn, "unclear, so not compared"),
        ]
    }

    fn last_word(&self, _model: &Model) -> Option<String> {
        not_recorded(&self.job)
    }

    fn unsent_word(&self, _model: &Model) -> Option<&'static str> {
        (!self.typed.is_empty() || self.form.is_some()).then_some("Nothing was recorded.")
    }
}

/// The most bytes of a paste that are looked at. No form is that long.
const MOST: usize = 256 * 1024;

/// Adds a text to what is there, and reads all of it again. Returns false if it goes into the text field at its cursor: the user has
/// moved it back, or there is one value and nothing of a form.
fn added(model: &mut Model, text: &str) -> bool {
    let Screen::PasteBack(screen) = &model.screen else { return false };
    let at_end = screen.form.is_some() || screen.typed.at_end();
    if !at_end {
        return false;
    }
    if screen.text.len() + text.len() > MOST {
        model.status = Some("Too long for a form. Nothing was pasted.".to_owned());
        return true;
    }
    let whole = Zeroizing::new(format!("{}{text}", *screen.text));
    read_again(model, whole);
    true
}

/// Reads all that was pasted, as a form or as one value.
fn read_again(model: &mut Model, text: Zeroizing<String>) {
    let Screen::PasteBack(screen) = &model.screen else { return };
    let form = comparison::form(model, &screen.key, &text);
    let of_a_key = |got: &str| key_like(got).next().is_some() || holds_stars(got);
    let holds_a_key = form.as_ref().is_some_and(|form| form.pasted.iter().any(|pasted| of_a_key(&pasted.got)));
    let hidden = starred(&text).map(Zeroizing::new);
    let Screen::PasteBack(screen) = &mut model.screen else { return };
    (screen.top, screen.typed, screen.form) = (0, Entry::open(""), None);
    screen.lines.clear();
    if holds_a_key {
        screen.text = Zeroizing::default();
        model.status = Some("Nothing was pasted: the form seems to contain an API key. Leave it out.".to_owned());
        return;
    }
    if form.is_some() {
        let told = |line: &str| if key_like(line).next().is_none() { line.to_owned() } else { String::new() };
        screen.lines = text.trim_end().lines().map(told).collect();
    } else {
        screen.typed.paste(&text);
        if screen.typed.hide_keys() {
            model.status = Some(HIDDEN.to_owned());
        }
    }
    screen.form = form;
    screen.text = hidden.unwrap_or(text);
}

/// The text after a change at its end: only its last line is in reach, or all of it where the change empties the field.
fn changed(text: &str, change: EntryChange<'_>) -> Zeroizing<String> {
    let (above, last) = text.rsplit_once('\n').map_or(("", text), |(above, last)| (above, last));
    let mut line = Entry::open(last);
    change(&mut line);
    let mut other = Entry::open("a b");
    change(&mut other);
    match other.is_empty() {
        true => Zeroizing::default(),
        false if above.is_empty() && !text.starts_with('\n') => Zeroizing::new(line.text().to_owned()),
        false => Zeroizing::new(format!("{above}\n{}", line.text())),
    }
}

/// The pasted text with a change to the one value in the text field, whose line ends are blanks.
fn followed(text: &str, before: &str, after: &str) -> Zeroizing<String> {
    Zeroizing::new(match after.strip_prefix(before) {
        Some(more) => format!("{text}{more}"),
        None => after.to_owned(),
    })
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

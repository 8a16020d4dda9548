//! The prompt of a screen on one line: label, kind of answer, default and way back. The actions come from the key table.
use super::listing::{WIDE, field_label, offer_words};
use crate::tui::entry::Mask;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Intent, Msg};
use crate::tui::screen::behaviour::TextUse;
use crate::tui::screen::dispatch;
use crate::tui::screen::set_up::resting_words;
use crate::tui::setup::{Question, Setup, SetupPage, Widget};
use crate::tui::text::count;
use crate::tui::update::update;
use zeroize::Zeroizing;

/// The kind of answer that a prompt takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptKind {
    /// One of these actions, by number or letter.
    Menu(Vec<Intent>),
    /// One of this many options, by number or by its words.
    Choose(usize),
    /// Free text. Several pasted lines become one text.
    Text,
    /// Text that confirms an action. Of several pasted lines, only the first counts.
    Confirm,
    /// An API key, which is not shown.
    Secret,
}

impl PromptKind {
    /// Makes one answer of lines that arrived together, and counts the lines left out. Text takes all lines, any other answer only the
    /// first.
    pub(super) fn of_several(&self, lines: &[Zeroizing<String>]) -> (Zeroizing<String>, usize) {
        match (self, lines) {
            (_, []) => (Zeroizing::default(), 0),
            (_, [one]) => (one.clone(), 0),
            (Self::Text | Self::Secret, lines) => {
                let all: Vec<&str> = lines.iter().map(|line| line.as_str()).collect();
                (Zeroizing::new(all.join("\n")), 0)
            }
            (_, [first, more @ ..]) => (first.clone(), more.len()),
        }
    }
}

/// A question to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    pub kind: PromptKind,
    /// The prompt's line, without the colon at its end.
    pub words: String,
    /// What Enter alone does or takes. `None` if it does nothing.
    pub enter: Option<String>,
}

/// Finds the key that the footer calls `name`.
pub(super) fn key_named(name: &str) -> Option<Key> {
    let mut all = keys::key_tables().flat_map(|table| table.bindings()).flat_map(|binding| binding.keys).copied();
    all.find(|key| match key {
        Key::Char(c) => name.chars().eq([*c]),
        key => key.name().eq_ignore_ascii_case(name),
    })
}

/// Returns whether an intent only moves the selection or the view. Line mode prints everything and chooses by number instead.
pub(super) fn moves(intent: Intent) -> bool {
    use Intent::{Down, First, Last, Left, PageDown, PageUp, Right, Up};
    matches!(intent, Up | Down | Left | Right | PageUp | PageDown | First | Last)
}

/// What `<` does: the previous question or step, or else one screen back. `None` if neither leads anywhere.
pub(super) fn back(model: &Model) -> Option<Intent> {
    let bound = |wanted: Key| keys::intent(model, wanted);
    let ways = [bound(Key::BackTab), bound(Key::Esc)];
    ways.into_iter().flatten().find(|way| matches!(way, Intent::Previous | Intent::Back) && leads_on(model, *way))
}

/// Returns whether an intent changes the model.
fn leads_on(model: &Model, intent: Intent) -> bool {
    let mut after = model.clone();
    update(&mut after, Msg::Key(intent));
    after.next_ticket = model.next_ticket;
    after.status.clone_from(&model.status);
    after != *model
}

/// The actions of the footer with their words. Help, back, quit and moves are left out, because every prompt has them.
fn actions(model: &Model) -> Vec<(Intent, String)> {
    let elsewhere = |intent: &Intent| {
        matches!(intent, Intent::Help | Intent::Quit | Intent::Back | Intent::Interrupt | Intent::Suspend)
            || moves(*intent)
    };
    keys::footer(model).into_iter().map(|of| (of.intent, of.words)).filter(|(intent, _)| !elsewhere(intent)).collect()
}

/// Returns the prompt of the current screen.
pub fn prompt(model: &Model) -> Prompt {
    let enter = keys::enter_words(model);
    match model.setup_shown() {
        Some(setup) if setup.page == SetupPage::Campus => campus(model, setup),
        Some(setup) if setup.page != SetupPage::Review => question(model, setup),
        _ if model.entry().is_some() => typed(model, enter),
        _ => menu(model, enter),
    }
}

fn menu(model: &Model, enter: Option<String>) -> Prompt {
    let actions = actions(model);
    let numbered = actions.iter().enumerate().map(|(at, (_, words))| format!("{} {words}", at + 1));
    let mut others = vec!["? help"];
    others.extend(back(model).map(|_| "< back"));
    others.extend(keys::intent(model, Key::Char('q')).map(|_| "q quit"));
    let all: Vec<String> = numbered.chain([others.join(", ")]).collect();
    let first = if enter.is_some() { " [1]" } else { "" };
    let words = format!("{} (number): {}{first}", place(model), all.join("; "));
    Prompt { kind: PromptKind::Menu(actions.into_iter().map(|(intent, _)| intent).collect()), words, enter }
}

/// What a menu is about: the selected value on a step, or else the screen.
fn place(model: &Model) -> String {
    if let (Screen::Steps(_), Some(campus)) = (&model.screen, &model.campus)
        && let Some(finding) = campus.finding()
    {
        return format!("{}, value {} {}", campus.here().report.title, campus.picked(campus.at) + 1, finding.label);
    }
    dispatch::name(&model.screen).to_owned()
}

/// What leads elsewhere: on, in the footer's words, and back.
fn ways(model: &Model) -> String {
    let on = keys::footer(model).into_iter().find(|of| of.intent == Intent::Next);
    let on = on.map_or(String::new(), |of| format!(", > {}", of.words));
    let back = if back(model).is_some() { "< back" } else { "/q quit" };
    format!("{on}, {back}")
}

fn typed(model: &Model, enter: Option<String>) -> Prompt {
    let label = field_label(model);
    let kind = match keys::text_use(model) {
        Some(TextUse::Answer | TextUse::Anything) => PromptKind::Text,
        Some(TextUse::Consent) | None => PromptKind::Confirm,
    };
    let typed = model.entry().map(|entry| entry.text().to_owned()).filter(|text| !text.is_empty());
    let before = model.screen.pasted_so_far().map(str::to_owned).or(typed);
    let default = match (&kind, &enter, before) {
        (PromptKind::Confirm, ..) => String::new(),
        (_, enter, Some(before)) if model.screen.is_paste_back() => {
            let records = enter.as_ref().map_or(String::new(), |enter| format!("; yes: {enter}"));
            format!(" [{}{records}; - clears it]", count(before.lines().count(), "line"))
        }
        (_, None, _) => String::new(),
        (_, Some(enter), None) => format!(" [Enter: {enter}]"),
        (_, Some(enter), Some(before)) => format!(" [{before}; Enter: {enter}; - clears it]"),
    };
    Prompt { words: format!("{label} (text){default}{}", ways(model)), kind, enter }
}

fn campus(model: &Model, setup: &Setup) -> Prompt {
    let offers = setup.offers();
    let listed = |at: usize| format!("{} {}", at + 1, offer_words(&offers[at], SetupPage::Campus));
    let unlisted = || setup.campus_chosen().filter(|_| offers.is_empty());
    let default = setup.likely().map(listed).or_else(unlisted);
    let shown = default.as_ref().map_or(String::new(), |default| format!(" [{default}]"));
    let words = format!("Campus (number, name or Alma code){shown}{}", ways(model));
    Prompt { kind: PromptKind::Choose(offers.len()), words, enter: default }
}

fn question(model: &Model, setup: &Setup) -> Prompt {
    let ask = setup.focus;
    let before = setup.entries.get(&ask).map(|entry| entry.text().to_owned()).unwrap_or_default();
    let (kind, how, default) = match (ask.widget(), ask) {
        (Widget::Choice(choices), _) => {
            let at = setup.choice();
            let how = format!("number, 1 to {}", choices.len());
            (PromptKind::Choose(choices.len()), how, Some(format!("{} {}", at + 1, choices[at].label)))
        }
        (Widget::List, _) => {
            let offers = setup.offers();
            let how = if offers.is_empty() {
                "text".to_owned()
            } else {
                format!("number or text, {} to choose from", offers.len())
            };
            let likely = setup.likely().map(|at| format!("{} {}", at + 1, offer_words(&offers[at], setup.page)));
            (PromptKind::Choose(offers.len()), how, if offers.is_empty() { Some(before) } else { likely })
        }
        (Widget::Secret, Question::Key(slot)) => {
            let asked_for = setup.entry().filter(|entry| entry.mask() == Some(Mask::Off));
            let default = match (asked_for, setup.key(slot)) {
                (Some(entry), _) => entry.visible(WIDE.into(), "").0,
                (None, Some(key)) => key.described(),
                (None, None) => resting_words(setup, ask),
            };
            (PromptKind::Secret, "a key, not shown".to_owned(), Some(default))
        }
        _ => (PromptKind::Text, "text".to_owned(), Some(before)),
    };
    let shown = match default.as_deref() {
        Some("") => " [empty]".to_owned(),
        Some(default) => format!(" [{default}]"),
        None => String::new(),
    };
    let words = format!("{} ({how}){shown}{}", ask.label(), ways(model));
    Prompt { kind, words, enter: default }
}

impl Prompt {
    /// The reply to a number outside the list.
    pub(super) fn too_far(&self) -> String {
        let there_are = |n: usize| format!("No such number: there are {} to choose from.", count(n, "answer"));
        match &self.kind {
            PromptKind::Menu(actions) => format!("{} Type v and a number to select a value.", there_are(actions.len())),
            PromptKind::Choose(n) => there_are(*n),
            PromptKind::Text | PromptKind::Confirm | PromptKind::Secret => String::new(),
        }
    }
}

//! One table: key to intent, where it works and what it is called. Footer and help are printed from it.
use super::entry::Edit;
use super::model::{Ended, Model, Screen};
use super::msg::{Intent, Typed};
use super::next::{self, Next};
use super::setup::{Page, Widget};
use crate::engine::Verdict;
use crate::recipe::StepId;
use std::borrow::Cow;
use std::fmt;

/// A key, whatever the terminal library calls it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// With Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// A function key.
    F(u8),
}

impl fmt::Debug for Key {
    /// A typed character may be one of a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(_) => f.write_str("a character"),
            other => f.write_str(&other.name()),
        }
    }
}

impl Key {
    /// As the footer names it.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Char(' ') => "Space",
            Self::Char(c) => return Cow::Owned(c.to_string()),
            Self::Ctrl(c) => return Cow::Owned(format!("Ctrl-{}", c.to_ascii_uppercase())),
            Self::F(n) => return Cow::Owned(format!("F{n}")),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
            Self::Home => "Home",
            Self::End => "End",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
        })
    }
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The steps.
    Steps,
    /// A plan.
    Plan,
    /// While a write is in flight.
    Writing,
    /// After a write.
    Outcome,
    /// Before an undo.
    Undo,
    /// A sign-off.
    SignOff,
    /// A paste-back.
    PasteBack,
    /// The summary.
    Summary,
    /// The set-up's list of campuses.
    Campuses,
    /// The set-up's forms.
    Form,
    /// The set-up's last page.
    Review,
    /// The help.
    Help,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Any of these; the first one is the one shown.
    pub keys: &'static [Key],
    /// What is meant.
    pub intent: Intent,
    /// Where.
    pub here: &'static [Context],
    /// A word or two, for the footer; empty where the footer does not name it.
    pub label: &'static str,
    /// A sentence, for the help.
    pub help: &'static str,
}

use Context as C;

const LISTS: &[Context] = &[C::Steps, C::Campuses, C::Form];
const PAGES: &[Context] = &[C::Steps, C::Plan, C::Outcome, C::SignOff, C::Summary, C::Campuses, C::Review, C::Help];
const BACK: &[Context] =
    &[C::Plan, C::Outcome, C::Undo, C::SignOff, C::PasteBack, C::Summary, C::Campuses, C::Form, C::Review, C::Help];
const ENTER: &[Context] = &[
    C::Steps,
    C::Plan,
    C::Outcome,
    C::Undo,
    C::SignOff,
    C::PasteBack,
    C::Summary,
    C::Campuses,
    C::Form,
    C::Review,
    C::Help,
];

/// All keys, in the order of footer and help.
pub const TABLE: &[Binding] = &[
    row(&[Key::Enter], Intent::Enter, ENTER, "", "Does what the footer says first"),
    row(&[Key::Up, Key::Char('k')], Intent::Up, LISTS, "", "Moves up"),
    row(&[Key::Down, Key::Char('j')], Intent::Down, LISTS, "", "Moves down"),
    row(
        &[Key::Up, Key::Char('k')],
        Intent::Up,
        &[C::Plan, C::Outcome, C::SignOff, C::Summary, C::Review, C::Help],
        "",
        "Scrolls up",
    ),
    row(
        &[Key::Down, Key::Char('j')],
        Intent::Down,
        &[C::Plan, C::Outcome, C::SignOff, C::Summary, C::Review, C::Help],
        "",
        "Scrolls down",
    ),
    row(&[Key::PageUp], Intent::PageUp, PAGES, "", "A screenful up"),
    row(&[Key::PageDown], Intent::PageDown, PAGES, "", "A screenful down"),
    row(&[Key::Home], Intent::First, &[C::Steps], "", "To the first value"),
    row(&[Key::End], Intent::Last, &[C::Steps], "", "To the last value"),
    row(&[Key::Tab, Key::Right], Intent::Next, &[C::Steps], "", "The next step; past the last one comes the summary"),
    row(&[Key::BackTab, Key::Left], Intent::Previous, &[C::Steps, C::Summary], "", "The step before"),
    row(&[Key::Tab], Intent::Next, &[C::Form], "", "The next field, once this one is right"),
    row(&[Key::BackTab], Intent::Previous, &[C::Form], "", "The field before"),
    row(&[Key::PageDown], Intent::PageDown, &[C::Form], "next page", "The next page, once this one is right"),
    row(&[Key::PageUp], Intent::PageUp, &[C::Form], "", "The page before"),
    row(&[Key::Left], Intent::Left, &[C::Form], "", "The choice before"),
    row(&[Key::Right, Key::Char(' ')], Intent::Right, &[C::Form], "", "The choice after"),
    row(&[Key::Char('r')], Intent::Check, &[C::Steps], "check again", "Reads this step again"),
    row(&[Key::Char('R')], Intent::CheckAll, &[C::Steps, C::Summary], "", "Reads all steps again"),
    row(
        &[Key::Char('c')],
        Intent::Copy,
        &[C::Steps],
        "copy",
        "Sends the value to the terminal's clipboard; pressed again, shows it plainly for the mouse",
    ),
    row(
        &[Key::Char('C')],
        Intent::CopyCard,
        &[C::Steps],
        "",
        "Copies the whole card of this step; pressed again, shows it plainly for the mouse",
    ),
    row(
        &[Key::Char('p')],
        Intent::PasteBack,
        &[C::Steps],
        "paste back",
        "Compares what you paste from the screen with the value, letter by letter",
    ),
    row(
        &[Key::Char('a')],
        Intent::SignOff,
        &[C::Steps],
        "sign off",
        "Signs the value off with your name, or takes that back",
    ),
    row(
        &[Key::Char('u')],
        Intent::Undo,
        &[C::Steps, C::Outcome],
        "undo",
        "Puts the record back as it was before the last write",
    ),
    row(&[Key::Esc], Intent::Back, BACK, "back", "Back; nothing typed is lost"),
    row(&[Key::Char('?'), Key::F(1)], Intent::Help, ENTER, "help", "These lines"),
    row(
        &[Key::Char('q')],
        Intent::Quit,
        &[C::Steps, C::Plan, C::Outcome, C::Summary, C::Review, C::Help],
        "quit",
        "Leaves",
    ),
    row(
        &[Key::Ctrl('c')],
        Intent::Interrupt,
        &[
            C::Steps,
            C::Plan,
            C::Writing,
            C::Outcome,
            C::Undo,
            C::SignOff,
            C::PasteBack,
            C::Summary,
            C::Campuses,
            C::Form,
            C::Review,
            C::Help,
        ],
        "",
        "Leaves from anywhere; a write in flight is finished first",
    ),
];

/// Keys of a text field; they win over nothing in [`TABLE`].
pub const EDITING: &[(&[Key], Edit, &str)] = &[
    (&[Key::Left], Edit::Left, "One character to the left"),
    (&[Key::Right], Edit::Right, "One character to the right"),
    (&[Key::Home, Key::Ctrl('a')], Edit::Home, "To the start"),
    (&[Key::End, Key::Ctrl('e')], Edit::End, "To the end"),
    (&[Key::Backspace], Edit::Backspace, "Deletes the character before"),
    (&[Key::Delete, Key::Ctrl('d')], Edit::Delete, "Deletes the character after"),
    (&[Key::Ctrl('w')], Edit::Word, "Deletes the word before"),
    (&[Key::Ctrl('u')], Edit::Clear, "Deletes everything"),
];

const fn row(
    keys: &'static [Key],
    intent: Intent,
    here: &'static [Context],
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { keys, intent, here, label, help }
}

/// Where the model is.
#[must_use]
pub fn context(model: &Model) -> Context {
    if model.help.is_some() {
        return Context::Help;
    }
    under_help(model)
}

/// Where the model is, or was when the help was opened.
#[must_use]
pub fn under_help(model: &Model) -> Context {
    match &model.screen {
        Screen::Steps => Context::Steps,
        Screen::Plan(_) => Context::Plan,
        Screen::Writing(_) => Context::Writing,
        Screen::Outcome(_) => Context::Outcome,
        Screen::Undo(_) => Context::Undo,
        Screen::SignOff(_) => Context::SignOff,
        Screen::PasteBack(_) => Context::PasteBack,
        Screen::Summary(_) => Context::Summary,
        Screen::Setup => match model.setup.as_ref().map(|setup| setup.page) {
            Some(Page::Systems | Page::Places) => Context::Form,
            Some(Page::Review) => Context::Review,
            Some(Page::Campus) | None => Context::Campuses,
        },
    }
}

/// What a key means here and now.
#[must_use]
pub fn intent(model: &Model, key: Key) -> Option<Intent> {
    let here = context(model);
    let typing = model.entry().is_some();
    if let (true, Key::Char(c)) = (typing, key) {
        return Some(Intent::Type(Typed(c)));
    }
    let mut bound = TABLE.iter().filter(|binding| binding.here.contains(&here) && binding.keys.contains(&key));
    if let Some(binding) = bound.find(|binding| works(model, binding.intent)) {
        return Some(binding.intent);
    }
    let edit = EDITING.iter().find(|(keys, ..)| keys.contains(&key)).map(|(_, edit, _)| Intent::Edit(*edit));
    edit.filter(|_| typing)
}

/// Whether an intent does something here and now.
#[must_use]
pub fn works(model: &Model, intent: Intent) -> bool {
    let finding = model.campus.as_ref().and_then(super::model::Campus::finding);
    let recipe = model.recipe();
    match intent {
        Intent::Copy => finding.is_some_and(|f| f.want.is_some() && !next::is_secret(recipe, &f.key)),
        Intent::CopyCard => model.campus.as_ref().is_some_and(|campus| campus.card().is_some()),
        Intent::PasteBack => finding
            .is_some_and(|f| recipe.field(&f.key).is_some() && f.want.is_some() && !next::is_secret(recipe, &f.key)),
        Intent::SignOff => finding.is_some_and(|f| {
            next::may_be_signed(recipe, &f.key) && matches!(f.verdict, Verdict::Waiting(_) | Verdict::Attested(_))
        }),
        Intent::Undo => match &model.screen {
            Screen::Outcome(outcome) => matches!(outcome.ended, Ended::Applied(_)),
            _ => model.campus.as_ref().is_some_and(|c| matches!(c.at, StepId::Partner | StepId::Parameters)),
        },
        Intent::Left | Intent::Right => {
            model.setup_shown().is_some_and(|setup| matches!(setup.focus.widget(), Widget::Choice(_)))
        }
        Intent::Back => context(model) != Context::Campuses || model.campus.is_some(),
        _ => true,
    }
}

/// What Enter does here and now, in words; none where it does nothing.
#[must_use]
pub fn enter_words(model: &Model) -> Option<String> {
    if model.help.is_some() {
        return Some("back".to_owned());
    }
    enter_words_under_help(model)
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
        Screen::SignOff(screen) if screen.job.since().is_some() => return None,
        Screen::SignOff(screen) => match screen.way {
            super::model::Way::Sign => "sign".to_owned(),
            super::model::Way::TakeBack => "take it back".to_owned(),
        },
        Screen::PasteBack(screen) => super::paste::enter_words(model, screen)?.to_owned(),
        Screen::Summary(_) => "to the steps".to_owned(),
        Screen::Setup => match model.setup.as_ref()?.page {
            Page::Campus => "choose".to_owned(),
            Page::Systems | Page::Places => "next".to_owned(),
            Page::Review if model.setup.as_ref()?.draft.accept().is_ok() => "save".to_owned(),
            Page::Review => "go to what is missing".to_owned(),
        },
    })
}

/// The keys that work here and now: key and words. What Enter does stands first.
#[must_use]
pub fn footer(model: &Model) -> Vec<(String, String)> {
    let here = context(model);
    let typing = model.entry().is_some();
    let mut out = Vec::new();
    for binding in TABLE.iter().filter(|binding| binding.here.contains(&here) && works(model, binding.intent)) {
        let usable = binding.keys.iter().find(|key| !typing || !matches!(key, Key::Char(_)));
        let Some(key) = usable else { continue };
        let words = match binding.intent {
            Intent::Enter => enter_words(model).unwrap_or_default(),
            Intent::Back | Intent::Help if here == Context::Help => String::new(),
            Intent::SignOff if attested(model) => "take back".to_owned(),
            Intent::Check if model.screen == Screen::Steps && enter_is_check(model) => String::new(),
            _ => binding.label.to_owned(),
        };
        if !words.is_empty() {
            out.push((key.name().into_owned(), words));
        }
    }
    if typing || here == Context::Writing {
        out.push(("Ctrl-C".to_owned(), "leave".to_owned()));
    }
    out
}

fn enter_is_check(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| next::next(model, campus) == Next::CheckAgain)
}

fn attested(model: &Model) -> bool {
    let finding = model.campus.as_ref().and_then(super::model::Campus::finding);
    finding.is_some_and(|finding| matches!(finding.verdict, Verdict::Attested(_)))
}

/// The lines of the help for a context: keys and what they do.
#[must_use]
pub fn help(here: Context) -> Vec<(String, &'static str)> {
    let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    TABLE
        .iter()
        .filter(|binding| binding.here.contains(&here))
        .map(|binding| (names(binding.keys), binding.help))
        .collect()
}

/// The lines of the help for text fields.
#[must_use]
pub fn editing_help() -> Vec<(String, &'static str)> {
    let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    EDITING.iter().map(|(keys, _, help)| (names(keys), *help)).collect()
}

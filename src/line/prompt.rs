//! The prompt of a screen on one line: label, kind of answer, default, and everything that the footer of the full screen offers.
use super::listing::{WIDE, field_label, offer_words};
use crate::tui::entry::Mask;
use crate::tui::keys::{self, FooterKey, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Intent, Msg};
use crate::tui::screen::behaviour::TextUse;
use crate::tui::screen::dispatch;
use crate::tui::screen::set_up::resting_words;
use crate::tui::screen::sign_off::{SignOffField, SignOffKind};
use crate::tui::setup::{Question, Setup, SetupPage, Widget};
use crate::tui::text::count;
use crate::tui::update::update;
use zeroize::Zeroizing;

/// The kind of answer that a prompt takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptKind {
    /// One of the offers: 1 is Enter, every other action has the letter that the full screen has for it, so none moves.
    Menu,
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
    /// Where in `words` the other offers begin. A window too narrow for all of it shows them below what is asked.
    pub offers_at: usize,
    /// What Enter alone does or takes. `None` if it does nothing.
    pub enter: Option<String>,
    /// Everything that the footer of the full screen offers here.
    pub offers: Vec<LineOffer>,
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

/// A key of the full screen's footer as line mode offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOffer {
    pub intent: Intent,
    /// What is typed for it. Empty for Enter alone.
    pub typed: String,
    /// What it does, in the words of the footer.
    pub words: String,
}

/// The keys of the footer, each with what is typed for it here, and the previous question or step.
fn offers(model: &Model, menu: bool) -> Vec<LineOffer> {
    let way = back(model);
    let typed = |of: &FooterKey| match of.intent {
        Intent::Help => Some("?".to_owned()),
        Intent::Back if way == Some(Intent::Back) => Some("<".to_owned()),
        Intent::Back if leads_on(model, Intent::Back) => Some("<<".to_owned()),
        Intent::Back => None,
        Intent::Previous if way == Some(Intent::Previous) => Some("<".to_owned()),
        Intent::Quit => Some("q".to_owned()),
        Intent::Interrupt if !menu => Some("/q".to_owned()),
        Intent::PageDown if !menu => Some(">>".to_owned()),
        intent if moves(intent) => None,
        Intent::Next => Some(">".to_owned()),
        Intent::Enter if menu => Some("1".to_owned()),
        Intent::Enter => Some(String::new()),
        _ if menu => Some(of.key.name().into_owned()),
        intent => letter_of(model, intent).map(|letter| format!("/{letter}")),
    };
    let footer = keys::footer(model);
    let mut all: Vec<LineOffer> = footer
        .iter()
        .filter_map(|of| Some(LineOffer { intent: of.intent, typed: typed(of)?, words: of.words.clone() }))
        .collect();
    if way == Some(Intent::Previous) && all.iter().all(|offer| offer.intent != Intent::Previous) {
        let words = if all.iter().any(|offer| offer.typed == "<<") { "previous" } else { "back" };
        let at = all.iter().position(|offer| offer.typed == "<<").unwrap_or(all.len());
        all.insert(at, LineOffer { intent: Intent::Previous, typed: "<".to_owned(), words: words.to_owned() });
    }
    all
}

/// The letter that stands for an intent after a slash, where plain letters are text: its own, or the one pressed with Ctrl.
fn letter_of(model: &Model, intent: Intent) -> Option<char> {
    let mut bound = keys::key_table(model).bindings().filter(|binding| binding.intent == intent);
    bound.find_map(|binding| binding.keys.iter().copied().find_map(letter))
}

fn letter(key: Key) -> Option<char> {
    match key {
        Key::Char(c) | Key::Ctrl(c) => Some(c),
        _ => None,
    }
}

/// Finds what a letter after a slash does here.
pub(super) fn slashed(model: &Model, wanted: char) -> Option<Intent> {
    let leaves = |intent: Intent| matches!(intent, Intent::Interrupt | Intent::Suspend);
    let mut bound = keys::key_table(model).bindings();
    bound
        .find(|binding| {
            let named = binding.keys.iter().any(|key| letter(*key) == Some(wanted));
            named && !leaves(binding.intent) && !moves(binding.intent) && keys::works(model, binding.intent)
        })
        .map(|binding| binding.intent)
}

/// The offers that every prompt names last: help, back and quit.
fn is_last(offer: &LineOffer) -> bool {
    matches!(offer.intent, Intent::Help | Intent::Back | Intent::Previous | Intent::Quit | Intent::Interrupt)
}

/// `? help, < back, q quit`
fn last_words(offers: &[LineOffer]) -> String {
    let rank = |offer: &&LineOffer| ["?", "<", "<<"].iter().position(|typed| offer.typed == *typed).unwrap_or(3);
    let mut last: Vec<&LineOffer> = offers.iter().filter(|offer| is_last(offer)).collect();
    last.sort_by_key(rank);
    joined(last.into_iter(), ", ")
}

fn joined<'a>(offers: impl Iterator<Item = &'a LineOffer>, between: &str) -> String {
    offers.map(|offer| format!("{} {}", offer.typed, offer.words)).collect::<Vec<_>>().join(between)
}

/// Returns the prompt of the current screen.
pub fn prompt(model: &Model) -> Prompt {
    let enter = keys::enter_words(model);
    match model.setup_shown() {
        Some(setup) if setup.page == SetupPage::Campus => campus(model, setup),
        Some(setup) if setup.page != SetupPage::Review => question(model, setup),
        _ if model.entry().is_some() => typed(model, enter.filter(|_| !finds_nothing_yet(model))),
        _ => menu(model, enter),
    }
}

fn menu(model: &Model, enter: Option<String>) -> Prompt {
    let offers = offers(model, true);
    let actions = joined(offers.iter().filter(|offer| !is_last(offer)), "; ");
    let all: Vec<String> = [actions, last_words(&offers)].into_iter().filter(|words| !words.is_empty()).collect();
    let first = if enter.is_some() { " [1]" } else { "" };
    let words = format!("{} (letter): {}{first}", place(model), all.join("; "));
    Prompt { kind: PromptKind::Menu, offers_at: words.len(), words, enter, offers }
}

/// What a menu is about: the selected value on a step, or else the screen.
fn place(model: &Model) -> String {
    if let (Screen::Steps(_), Some(campus)) = (&model.screen, &model.campus)
        && let Some(finding) = campus.finding()
    {
        return format!("{}, value {} {}", campus.here().report.title, campus.picked(campus.at) + 1, finding.label);
    }
    if let (Screen::Board(_), Some(board)) = (&model.screen, &model.board)
        && let Some(campus) = board.campus()
    {
        return format!("Board, campus {} {}", board.chosen() + 1, campus.key.code);
    }
    dispatch::name(&model.screen).to_owned()
}

/// A prompt at which something is typed or chosen: after `words`, what else can be done.
fn with_text(model: &Model, kind: PromptKind, words: &str, enter: Option<String>) -> Prompt {
    let offers = offers(model, false);
    let others = offers.iter().filter(|offer| !is_last(offer) && !offer.typed.is_empty());
    let others = [joined(others, ", "), last_words(&offers)];
    let others = others.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    let asked = format!("{words}, ");
    Prompt { kind, offers_at: asked.len(), words: asked + &others, enter, offers }
}

fn typed(model: &Model, enter: Option<String>) -> Prompt {
    let label = field_label(model);
    let kind = match keys::text_use(model) {
        Some(TextUse::Answer | TextUse::Listed | TextUse::Anything) => PromptKind::Text,
        Some(TextUse::Consent) | None => PromptKind::Confirm,
    };
    let typed = model.entry().map(|entry| entry.text().to_owned()).filter(|text| !text.is_empty());
    let before = model.screen.pasted_so_far().map(str::to_owned).or(typed);
    let signs = if signs_at_once(model) { "; yes: sign" } else { "" };
    let default = match (&kind, &enter, before) {
        (PromptKind::Confirm, ..) => String::new(),
        (_, enter, Some(before)) if model.screen.is_paste_back() => {
            let records = enter.as_ref().map_or(String::new(), |enter| format!("; yes: {enter}"));
            format!(" [{}{records}; - clears it]", count(before.lines().count(), "line"))
        }
        (_, None, _) => String::new(),
        (_, Some(enter), None) => format!(" [Enter: {enter}{signs}]"),
        (_, Some(enter), Some(before)) => format!(" [{before}; Enter: {enter}{signs}; - clears it]"),
    };
    let how = match &model.screen {
        Screen::Find(screen) if !screen.words.is_empty() => "text or number",
        _ => "text",
    };
    with_text(model, kind, &format!("{label} ({how}){default}"), enter)
}

/// Whether nothing was typed into the search yet. Its first value is then none that was looked for.
fn finds_nothing_yet(model: &Model) -> bool {
    matches!(&model.screen, Screen::Find(screen) if screen.words.is_empty())
}

/// Whether `yes` signs here, instead of becoming the remark that is asked for.
pub(super) fn signs_at_once(model: &Model) -> bool {
    let Screen::SignOff(screen) = &model.screen else { return false };
    (screen.way, screen.typing) == (SignOffKind::Sign, SignOffField::Remark)
}

fn campus(model: &Model, setup: &Setup) -> Prompt {
    let offers = setup.offers();
    let listed = |at: usize| format!("{} {}", at + 1, offer_words(&offers[at], SetupPage::Campus));
    let unlisted = || setup.campus_chosen().filter(|_| offers.is_empty());
    let default = setup.likely().map(listed).or_else(unlisted);
    let shown = default.as_ref().map_or(String::new(), |default| format!(" [{default}]"));
    let words = format!("Campus (number, name or Alma code){shown}");
    with_text(model, PromptKind::Choose(offers.len()), &words, default)
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
    with_text(model, kind, &format!("{} ({how}){shown}", ask.label()), default)
}

impl Prompt {
    /// What is asked, and what else is offered. A menu asks all at once.
    pub(super) fn parts(&self) -> (&str, &str) {
        let (asked, offers) = self.words.split_at(self.offers_at);
        (asked.trim_end_matches(", "), offers)
    }

    /// The actions of a menu by number, for scripts that answer by number: copying comes before pasting back, as it always did.
    pub(super) fn numbered(&self) -> Vec<Intent> {
        let mut all: Vec<Intent> =
            self.offers.iter().filter(|offer| !is_last(offer)).map(|offer| offer.intent).collect();
        let place = |of: Intent| all.iter().position(|intent| *intent == of);
        if let (Some(paste), Some(copy)) = (place(Intent::PasteBack), place(Intent::Copy))
            && paste < copy
        {
            all.swap(paste, copy);
        }
        all
    }

    /// The reply to a number outside the list.
    pub(super) fn too_far(&self) -> String {
        match &self.kind {
            PromptKind::Menu => "No such number: 1 is Enter, every other action has a letter.".to_owned(),
            PromptKind::Choose(n) => format!("No such number: there are {} to choose from.", count(*n, "answer")),
            PromptKind::Text | PromptKind::Confirm | PromptKind::Secret => String::new(),
        }
    }
}

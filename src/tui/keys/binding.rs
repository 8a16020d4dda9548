//! Bindings of keys to intents, and those that several screens share.
use super::key::Key;
use crate::tui::entry::Edit;
use crate::tui::msg::Intent;

/// Keys that mean the same intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Any of these keys. The first one is shown.
    pub keys: &'static [Key],
    pub intent: Intent,
    /// A word or two for the footer. Empty if the footer leaves the key out.
    pub label: &'static str,
    /// A sentence for the help.
    pub help: &'static str,
}

/// The bindings of a screen or of one of its pages, in the order of footer and help.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyTable {
    /// The name of the screen or page.
    pub of: &'static str,
    /// Groups of bindings, several of which are shared between screens.
    pub groups: &'static [&'static [Binding]],
}

impl KeyTable {
    /// All bindings, in order.
    pub fn bindings(&self) -> impl Iterator<Item = &'static Binding> {
        self.groups.iter().copied().flatten()
    }
}

/// Creates a binding in a constant.
pub(in crate::tui) const fn bind(
    keys: &'static [Key],
    intent: Intent,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { keys, intent, label, help }
}

/// Footer label for signing off one value where Enter would sign off several, long and short.
pub const ONE_OF_THEM: (&str, &str) = ("sign this one off", "this one");

pub(in crate::tui) const ENTER: Binding = bind(&[Key::Enter], Intent::Enter, "", "Runs the first action in the footer");
pub(in crate::tui) const MOVE_UP: Binding = bind(&[Key::Up, Key::Char('k')], Intent::Up, "", "Moves up");
pub(in crate::tui) const MOVE_DOWN: Binding = bind(&[Key::Down, Key::Char('j')], Intent::Down, "", "Moves down");
const SCROLL_UP: Binding = bind(&[Key::Up, Key::Char('k')], Intent::Up, "", "Scrolls up");
const SCROLL_DOWN: Binding = bind(&[Key::Down, Key::Char('j')], Intent::Down, "", "Scrolls down");
pub(in crate::tui) const PAGE_UP: Binding = bind(&[Key::PageUp], Intent::PageUp, "", "Moves up one screen");
pub(in crate::tui) const PAGE_DOWN: Binding = bind(&[Key::PageDown], Intent::PageDown, "", "Moves down one screen");
/// Only for screens without a text field, where Home moves the cursor.
const TO_TOP: Binding = bind(&[Key::Home], Intent::First, "", "To the top");
/// Only for screens without a text field, where End moves the cursor.
const TO_END: Binding = bind(&[Key::End], Intent::Last, "", "To the end");
pub(in crate::tui) const STEP_BEFORE: Binding = bind(&[Key::BackTab, Key::Left], Intent::Previous, "", "Previous step");
pub(in crate::tui) const UNDO: Binding = bind(
    &[Key::Char('u')],
    Intent::Undo,
    "undo",
    "Undoes the last write: restores the record, or deletes the partner if the write created it",
);
pub(in crate::tui) const WHOLE_ANSWER: Binding = bind(
    &[Key::Char('i'), Key::F(3)],
    Intent::WholeAnswer,
    "whole answer",
    "Shows what was asked and the whole answer, with the codes that the message leaves out",
);
pub(in crate::tui) const CHECK_ALL: Binding = bind(&[Key::Char('R')], Intent::CheckAll, "", "Checks all steps again");
pub(in crate::tui) const BACK: Binding = bind(&[Key::Esc], Intent::Back, "back", "Back");
/// For screens that keep what was typed.
pub(in crate::tui) const BACK_KEEPING: Binding = bind(&[Key::Esc], Intent::Back, "back", "Back; keeps what you typed");
/// For screens that ask for the campus code.
pub(in crate::tui) const BACK_UNSENT: Binding =
    bind(&[Key::Esc], Intent::Back, "back", "Back; sends nothing, and you type the code again next time");
pub(in crate::tui) const OPEN_HELP: Binding =
    bind(&[Key::Char('?'), Key::F(1)], Intent::Help, "help", "Shows this help");
pub(in crate::tui) const QUIT: Binding = bind(&[Key::Char('q')], Intent::Quit, "quit", "Quits");
pub(in crate::tui) const INTERRUPT: Binding =
    bind(&[Key::Ctrl('c')], Intent::Interrupt, "", "Quits from anywhere; finishes a running write first");
pub(in crate::tui) const SUSPEND: Binding =
    bind(&[Key::Ctrl('z')], Intent::Suspend, "", "Suspends the program; fg in the shell returns here");

/// Moves the choice in a list.
pub(in crate::tui) const LIST: &[Binding] = &[ENTER, MOVE_UP, MOVE_DOWN, PAGE_UP, PAGE_DOWN];
/// Scrolls a screen that has a text field, which takes Home and End.
pub(in crate::tui) const SCROLL: &[Binding] = &[ENTER, SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN];
/// Scrolls a screen without a text field.
pub(in crate::tui) const READ: &[Binding] = &[ENTER, SCROLL_UP, SCROLL_DOWN, PAGE_UP, PAGE_DOWN, TO_TOP, TO_END];
/// The last keys of every screen.
pub(in crate::tui) const LAST: &[Binding] = &[OPEN_HELP, INTERRUPT, SUSPEND];
/// The last keys of a screen that `q` leaves.
pub(in crate::tui) const LAST_WITH_QUIT: &[Binding] = &[OPEN_HELP, QUIT, INTERRUPT, SUSPEND];

/// The keys of the help. Enter already names the way back, so Esc and ? have no label.
pub(super) static HELP_KEYS: KeyTable = KeyTable {
    of: "help",
    groups: &[READ, &[Binding { label: "", ..BACK }, Binding { label: "", ..OPEN_HELP }], &[QUIT, INTERRUPT, SUSPEND]],
};

/// The keys of a text field. A screen's own bindings come first.
pub const EDITING: &[(&[Key], Edit, &str)] = &[
    (&[Key::Left], Edit::Left, "One character to the left"),
    (&[Key::Right], Edit::Right, "One character to the right"),
    (&[Key::Home, Key::Ctrl('a')], Edit::Home, "To the start"),
    (&[Key::End, Key::Ctrl('e')], Edit::End, "To the end"),
    (&[Key::Backspace], Edit::Backspace, "Deletes the previous character"),
    (&[Key::Delete, Key::Ctrl('d')], Edit::Delete, "Deletes the next character"),
    (&[Key::Ctrl('w')], Edit::Word, "Deletes the previous word"),
    (&[Key::Ctrl('u')], Edit::Clear, "Deletes everything"),
];

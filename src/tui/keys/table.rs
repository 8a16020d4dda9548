//! The table of keys.
use super::key::Key;
use crate::tui::entry::Edit;
use crate::tui::msg::Intent;

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
    /// Before a proof.
    Prove,
    /// While a proof runs.
    Proving,
    /// After a proof.
    Proved,
    /// A sign-off.
    SignOff,
    /// A paste-back.
    PasteBack,
    /// The summary.
    Summary,
    /// The gates.
    GoLive,
    /// The hand-off.
    HandOff,
    /// Before a forecast.
    Forecast,
    /// While a forecast runs.
    Foretelling,
    /// After a forecast.
    Foretold,
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
const SCROLLS: &[Context] = &[
    C::Plan,
    C::Outcome,
    C::Prove,
    C::Proved,
    C::SignOff,
    C::PasteBack,
    C::Summary,
    C::GoLive,
    C::HandOff,
    C::Forecast,
    C::Foretold,
    C::Review,
    C::Help,
];
/// What is only read: Home and End belong to a text field elsewhere.
const TEXTS: &[Context] = &[C::Outcome, C::Proved, C::Summary, C::HandOff, C::Foretold, C::Review, C::Help];
const PAGES: &[Context] = &[
    C::Steps,
    C::Plan,
    C::Outcome,
    C::Prove,
    C::Proved,
    C::SignOff,
    C::PasteBack,
    C::Summary,
    C::GoLive,
    C::HandOff,
    C::Forecast,
    C::Foretold,
    C::Campuses,
    C::Review,
    C::Help,
];
const TYPING: &[Context] = &[C::SignOff, C::PasteBack, C::Form, C::Review];
const ENTER: &[Context] = &[
    C::Steps,
    C::Plan,
    C::Outcome,
    C::Undo,
    C::Prove,
    C::Proved,
    C::SignOff,
    C::PasteBack,
    C::Summary,
    C::GoLive,
    C::HandOff,
    C::Forecast,
    C::Foretold,
    C::Campuses,
    C::Form,
    C::Review,
    C::Help,
];

/// Also where something is only waited for.
const EVERYWHERE: &[Context] = &[
    C::Steps,
    C::Plan,
    C::Writing,
    C::Outcome,
    C::Undo,
    C::Prove,
    C::Proving,
    C::Proved,
    C::SignOff,
    C::PasteBack,
    C::Summary,
    C::GoLive,
    C::HandOff,
    C::Forecast,
    C::Foretelling,
    C::Foretold,
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
    row(&[Key::Up, Key::Char('k')], Intent::Up, SCROLLS, "", "Scrolls up"),
    row(&[Key::Down, Key::Char('j')], Intent::Down, SCROLLS, "", "Scrolls down"),
    row(&[Key::PageUp], Intent::PageUp, PAGES, "", "A screenful up"),
    row(&[Key::PageDown], Intent::PageDown, PAGES, "", "A screenful down"),
    row(&[Key::Home], Intent::First, &[C::Steps], "", "To the first value"),
    row(&[Key::End], Intent::Last, &[C::Steps], "", "To the last value"),
    row(&[Key::Home], Intent::First, TEXTS, "", "To the top"),
    row(&[Key::End], Intent::Last, TEXTS, "", "To the end"),
    row(&[Key::Tab, Key::Right], Intent::Next, &[C::Steps], "", "The next step; past the last one comes the summary"),
    row(&[Key::BackTab, Key::Left], Intent::Previous, &[C::Steps, C::Summary], "", "The step before"),
    row(
        &[Key::Tab],
        Intent::Next,
        &[C::Prove],
        "ILLiad only/from Alma",
        "Changes between ILLiad only and the whole chain from Alma",
    ),
    row(&[Key::Tab], Intent::Next, &[C::SignOff], "", "To where yes is typed"),
    row(&[Key::BackTab], Intent::Previous, &[C::SignOff], "", "To the remark"),
    row(&[Key::Tab], Intent::Next, &[C::Form], "", "The next field; one that is wrong stays marked"),
    row(&[Key::BackTab], Intent::Previous, &[C::Form], "", "The field before"),
    row(
        &[Key::PageDown],
        Intent::PageDown,
        &[C::Form],
        "next page",
        "The next page; an answer that cannot be right is mended first",
    ),
    row(&[Key::PageUp], Intent::PageUp, &[C::Form], "", "The page before"),
    row(&[Key::Left], Intent::Left, &[C::Form], "", "The choice before"),
    row(&[Key::Right, Key::Char(' ')], Intent::Right, &[C::Form], "", "The choice after"),
    row(
        &[Key::F(2), Key::Ctrl('r')],
        Intent::Reveal,
        &[C::Form],
        "show key",
        "Shows the key typed here, or hides it again; leaving the field hides it",
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
    row(&[Key::Char('r')], Intent::Check, &[C::Steps], "check again", "Reads this step again"),
    row(
        &[Key::Char('e')],
        Intent::Answers,
        &[C::Steps],
        "answers",
        "Changes this campus's answers: addresses, keys, library, desk, sample",
    ),
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
        &[Key::Char('c')],
        Intent::Copy,
        &[C::GoLive],
        "copy card",
        "Sends the card to the terminal's clipboard; pressed again, shows it plainly for the mouse",
    ),
    row(
        &[Key::Char('C')],
        Intent::CopyCard,
        &[C::GoLive],
        "",
        "Copies all cards and gates; pressed again, shows them plainly for the mouse",
    ),
    row(
        &[Key::Char('c')],
        Intent::Copy,
        &[C::HandOff],
        "copy the reply",
        "Sends the ticket reply to the terminal's clipboard; pressed again, shows it plainly for the mouse",
    ),
    row(
        &[Key::Char('C')],
        Intent::CopyCard,
        &[C::HandOff],
        "copy all",
        "Copies the whole hand-off; pressed again, shows it plainly for the mouse",
    ),
    row(
        &[Key::Tab],
        Intent::Next,
        &[C::Foretold],
        "hashes or EMPLIDs",
        "Changes between hashes that stand for people and their EMPLIDs",
    ),
    row(
        &[Key::Char('p')],
        Intent::PasteBack,
        &[C::Steps],
        "paste back",
        "Compares what you paste from the screen, one value or the whole form, with what is wanted, and records it",
    ),
    row(&[Key::Char('f')], Intent::Forecast, &[C::Steps], "forecast", "Foresees who would become a duplicate account"),
    row(
        &[Key::Char('v')],
        Intent::ProveAgain,
        &[C::Steps],
        "prove again",
        "Makes test requests once more, as after the rule was enabled",
    ),
    row(
        &[Key::Char('g')],
        Intent::GoLive,
        &[C::Summary],
        "go live",
        "Lists what must hold before the rule is enabled, takes the campus live, and back",
    ),
    row(
        &[Key::Char('w')],
        Intent::HandOff,
        &[C::Summary],
        "hand-off",
        "The hand-off in writing: ticket reply, to-do card, evidence",
    ),
    row(
        &[Key::Char('u')],
        Intent::Undo,
        &[C::GoLive],
        "the way back",
        "Asks for the campus code, then sets the campus back to set up ahead",
    ),
    row(&[Key::Esc], Intent::Back, TYPING, "back", "Back; nothing typed is lost"),
    row(
        &[Key::Esc],
        Intent::Back,
        &[C::Campuses],
        "back",
        "Back to the steps; where there are none yet, to all campuses",
    ),
    row(
        &[Key::Esc],
        Intent::Back,
        &[C::Proving],
        "stop and cancel",
        "Ends the watch; what was made is cancelled and read again",
    ),
    row(&[Key::Esc], Intent::Back, &[C::Foretelling], "stop", "Stops; what was read is kept for a day"),
    row(
        &[Key::Esc],
        Intent::Back,
        &[C::Plan, C::Undo, C::Prove],
        "back",
        "Back; nothing is sent, and the code is asked for again",
    ),
    row(
        &[Key::Esc],
        Intent::Back,
        &[C::Outcome, C::Proved, C::Summary, C::GoLive, C::HandOff, C::Forecast, C::Foretold, C::Help],
        "back",
        "Back",
    ),
    row(&[Key::Char('?'), Key::F(1)], Intent::Help, EVERYWHERE, "help", "These lines"),
    row(
        &[Key::Char('q')],
        Intent::Quit,
        &[C::Steps, C::Plan, C::Outcome, C::Proved, C::Summary, C::GoLive, C::HandOff, C::Foretold, C::Review, C::Help],
        "quit",
        "Leaves",
    ),
    row(
        &[Key::Ctrl('c')],
        Intent::Interrupt,
        EVERYWHERE,
        "",
        "Leaves from anywhere; a write in flight is finished first",
    ),
    row(&[Key::Ctrl('z')], Intent::Suspend, EVERYWHERE, "", "Back to the shell for a while; fg there goes on here"),
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

//! Which keys work here and now.
use super::key::Key;
use super::table::{Context, EDITING, TABLE};
use crate::engine::journal::UndoState;
use crate::engine::judge::{Evidence, Verdict};
use crate::recipe::StepId;
use crate::tui::entry::Entry;
use crate::tui::model::{Campus, Ended, Model, Screen, Typing, Watched, Way};
use crate::tui::msg::{Intent, Typed};
use crate::tui::next::{self, Next};
use crate::tui::setup::{Page, Setup, Widget};

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
        Screen::Prove(_) => Context::Prove,
        Screen::Proving(_) => Context::Proving,
        Screen::Proved(_) => Context::Proved,
        Screen::SignOff(_) => Context::SignOff,
        Screen::PasteBack(_) => Context::PasteBack,
        Screen::Summary(_) => Context::Summary,
        Screen::GoLive(_) => Context::GoLive,
        Screen::HandOff(_) => Context::HandOff,
        Screen::Forecast(_) => Context::Forecast,
        Screen::Foretelling(_) => Context::Foretelling,
        Screen::Foretold(_) => Context::Foretold,
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
        let asks = c == '?' && is_no_text(model, here);
        return Some(if asks { Intent::Help } else { Intent::Type(Typed(c)) });
    }
    let mut bound = TABLE.iter().filter(|binding| binding.here.contains(&here) && binding.keys.contains(&key));
    if let Some(binding) = bound.find(|binding| works(model, binding.intent)) {
        return Some(binding.intent);
    }
    let edit = EDITING.iter().find(|(keys, ..)| keys.contains(&key)).map(|(_, edit, _)| Intent::Edit(*edit));
    edit.filter(|_| typing)
}

/// Whether a `?` typed first asks for the help, as it does where nothing is typed: no code, answer or remark begins with one. A key, a
/// name that is looked for, a path and what a screen shows may.
fn is_no_text(model: &Model, here: Context) -> bool {
    let may_ask = matches!(
        here,
        Context::Plan | Context::Undo | Context::Prove | Context::GoLive | Context::SignOff | Context::Form
    );
    may_ask && model.entry().is_some_and(|entry| matches!(entry, Entry::Open(_)) && entry.is_empty())
}

/// Whether the record that a step's values stand in is known not to be there: then there is nothing to sign for.
fn nothing_to_look_at(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.here().report.lacks_its_record())
}

/// Whether an intent does something here and now.
#[must_use]
pub fn works(model: &Model, intent: Intent) -> bool {
    let finding = model.campus.as_ref().and_then(Campus::finding);
    // A proof under way can be stopped, once.
    if let (None, Screen::Proving(screen), Intent::Back) = (model.help, &model.screen, intent) {
        return screen.watched == Watched::On;
    }
    if let (Screen::Foretelling(screen), Intent::Back) = (&model.screen, intent) {
        return screen.watched == Watched::On;
    }
    // While a word or a campus is being stored, nothing else can be done to it.
    if model.writing()
        && model.help.is_none()
        && !matches!(intent, Intent::Help | Intent::Quit | Intent::Interrupt | Intent::Suspend)
    {
        return false;
    }
    if let (Screen::SignOff(screen), Intent::Next | Intent::Previous) = (&model.screen, intent) {
        return screen.way == Way::Sign && (intent == Intent::Next) == (screen.typing == Typing::Remark);
    }
    if let Some(works) = on_errand(model, intent) {
        return works;
    }
    match intent {
        Intent::CopyCard => model.campus.as_ref().is_some_and(|campus| campus.card().is_some()),
        Intent::Copy | Intent::PasteBack => finding.is_some_and(|f| {
            model.recipe().field(&f.key).is_some() && f.want.is_some() && !next::is_secret(model.recipe(), &f.key)
        }),
        Intent::SignOff => finding.is_some_and(|f| {
            !nothing_to_look_at(model)
                && next::may_be_signed(model.recipe(), &f.key)
                && matches!(
                    f.verdict,
                    Verdict::Waiting(_) | Verdict::Attested(_) | Verdict::Differs(Evidence::Imported)
                )
        }),
        Intent::Undo => match &model.screen {
            Screen::Outcome(outcome) => matches!(&outcome.ended, Ended::Applied(applied) if applied.wrote()),
            _ => model.campus.as_ref().is_some_and(|c| {
                matches!(c.undoable, UndoState::LastApply(_)) && matches!(c.at, StepId::Partner | StepId::Parameters)
            }),
        },
        Intent::Reveal => model.setup_shown().and_then(Setup::entry).and_then(Entry::mask).is_some(),
        Intent::Left | Intent::Right => {
            model.setup_shown().is_some_and(|setup| matches!(setup.focus.widget(), Widget::Choice(_)))
        }
        _ => true,
    }
}

/// Whether an intent does something on the screen of an errand, where that hangs on what came of it.
fn on_errand(model: &Model, intent: Intent) -> Option<bool> {
    match (&model.screen, intent) {
        (Screen::GoLive(screen), Intent::Copy | Intent::CopyCard) => {
            Some(screen.job.got().is_some_and(|gated| !gated.cards.is_empty()))
        }
        (Screen::GoLive(screen), Intent::Undo) => Some(screen.may_go_back() && !screen.asks()),
        (Screen::HandOff(screen), Intent::Copy | Intent::CopyCard) => Some(screen.job.got().is_some()),
        (Screen::Foretold(screen), Intent::Next) => Some(screen.ended.is_ok()),
        (Screen::Summary(_), Intent::GoLive | Intent::HandOff) => Some(model.campus.is_some()),
        (Screen::Steps, Intent::Forecast) => {
            Some(model.campus.as_ref().is_some_and(|campus| campus.at == StepId::Patrons))
        }
        (Screen::Steps, Intent::Answers) => Some(model.campus.as_ref().and_then(next::answer_here).is_some()),
        // Where Enter proves it, that is enough.
        (Screen::Steps, Intent::ProveAgain) => Some(model.campus.as_ref().is_some_and(|campus| {
            campus.at == StepId::Prove && !campus.site.sample.is_empty() && next::next(model, campus) == Next::Summary
        })),
        _ => None,
    }
}

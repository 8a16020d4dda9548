//! Handles the main screen: choosing a step and value, and starting the next action.
use super::page::page;
use super::state::StepsScreen;
use crate::engine::journal::{UndoState, takes_evidence};
use crate::engine::judge::{Evidence, Finding, Verdict};
use crate::recipe::{BLANK, StepId};
use crate::tui::keys::binding::{Binding, ONE_OF_THEM};
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::next::{self, Next, answer_here, next};
use crate::tui::parts::area::{Area, SIDEBAR, area_beside, sidebar_fits};
use crate::tui::parts::checks::{check, check_all};
use crate::tui::parts::copy::copy;
use crate::tui::parts::marks::STATES;
use crate::tui::parts::open::go_to_open;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::undo::UndoKind;
use crate::tui::row::reveal;
use crate::tui::screen::answer::whole_answer;
use crate::tui::screen::behaviour::{Behaviour, Meaning};
use crate::tui::screen::sign_off::SignOffKind;
use crate::tui::screen::summary::SummaryScreen;
use crate::tui::screen::{find, finish, forecast, paste_back, plan, prove, set_up, sign_off, undo};

impl Behaviour for StepsScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        if !Self.works(model, intent) {
            return Vec::new();
        }
        match intent {
            Intent::Up => pick(model, screenful, |at, _, _| at.saturating_sub(1)),
            Intent::Down => pick(model, screenful, |at, last, _| (at + 1).min(last)),
            Intent::PageUp => pick(model, screenful, |at, _, page| at.saturating_sub(page)),
            Intent::PageDown => pick(model, screenful, |at, last, page| (at + page).min(last)),
            Intent::First => pick(model, screenful, |_, _, _| 0),
            Intent::Last => pick(model, screenful, |_, last, _| last),
            Intent::Next => go(model, 1),
            Intent::Previous => go(model, -1),
            Intent::NextOpen => go_to_open(model, true),
            Intent::PreviousOpen => go_to_open(model, false),
            Intent::Find => find::open(model),
            Intent::Enter => return enter(model),
            Intent::Check => {
                let Some(at) = model.campus.as_ref().map(|campus| campus.at) else { return Vec::new() };
                return check(model, vec![at]);
            }
            Intent::CheckAll => return check_all(model),
            Intent::Copy if stays_blank(model) => {
                model.status = Some("Nothing to copy: this field stays blank.".to_owned());
            }
            Intent::Copy => {
                let value = chosen(model).and_then(|finding| finding.want.clone());
                return value.map(|value| copy(model, value, 'c')).unwrap_or_default();
            }
            Intent::CopyCard => {
                let card = model.campus.as_ref().and_then(Campus::card).map(|card| card.lines().join("\n"));
                return card.map(|card| copy(model, card, 'C')).unwrap_or_default();
            }
            Intent::Answers => {
                let ask = model.campus.as_ref().and_then(answer_here);
                return ask.map(|ask| set_up::open(model, ask)).unwrap_or_default();
            }
            Intent::PasteBack => paste_back(model),
            Intent::ProveAgain => prove::open(model),
            Intent::SignOff => sign_one(model),
            Intent::Undo => {
                let kind = model.campus.as_ref().and_then(|campus| UndoKind::of(&campus.undoable));
                if let Some(kind) = kind {
                    undo::open(model, kind);
                }
            }
            Intent::Forecast => forecast::open(model, ""),
            _ => {}
        }
        Vec::new()
    }

    /// Chooses the clicked value.
    fn click(model: &mut Model, item: usize) -> Vec<Effect> {
        let Some(campus) = &mut model.campus else { return Vec::new() };
        let key = campus.here().report.findings.get(item).map(|finding| finding.key.clone());
        if let Some(key) = key {
            campus.places.entry(campus.at).or_default().key = Some(key);
        }
        Vec::new()
    }

    fn keep_in_sight(model: &mut Model, sheet: &Sheet, area: Area) {
        let Some(campus) = &mut model.campus else { return };
        let picked = campus.picked(campus.at);
        let place = campus.places.entry(campus.at).or_default();
        place.top = reveal(&sheet.body, picked, place.top, sheet.height(area));
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        Some(next(model, model.campus.as_ref()?).words(model.recipe()))
    }

    fn works(&self, model: &Model, intent: Intent) -> bool {
        let campus = model.campus.as_ref();
        let finding = chosen(model);
        match intent {
            Intent::CopyCard => campus.is_some_and(|campus| campus.card().is_some()),
            Intent::Copy | Intent::PasteBack => finding.is_some_and(|f| {
                model.recipe().field(&f.key).is_some() && f.want.is_some() && !next::is_secret(model.recipe(), &f.key)
            }),
            Intent::SignOff => finding.is_some_and(|f| {
                !nothing_to_look_at(model)
                    && next::may_be_signed(model.recipe(), &f.key)
                    && matches!(
                        f.verdict,
                        Verdict::Waiting(_)
                            | Verdict::Attested(_)
                            | Verdict::Contradicted(_)
                            | Verdict::Differs(Evidence::Imported)
                    )
            }),
            Intent::Undo => campus.is_some_and(|c| {
                matches!(c.undoable, UndoState::LastApply(_)) && matches!(c.at, StepId::Partner | StepId::Parameters)
            }),
            Intent::Forecast => campus.is_some_and(|campus| campus.at == StepId::Patrons),
            Intent::Answers => campus.and_then(answer_here).is_some(),
            // Not offered while Enter already starts the proof.
            Intent::ProveAgain => campus.is_some_and(|campus| {
                campus.at == StepId::Prove
                    && !campus.site.sample.is_empty()
                    && matches!(next(model, campus), Next::Summary | Next::Finish)
            }),
            _ => true,
        }
    }

    fn label(&self, model: &Model, binding: &Binding) -> &'static str {
        match binding.intent {
            // The word for an empty field is nothing to copy. Pressing the key says so.
            Intent::Copy if stays_blank(model) => "",
            Intent::SignOff if attested(model) => "withdraw or correct",
            Intent::Check if by_hand(model) => "",
            Intent::NextOpen if something_is_open(model) => "next open",
            // Where a value is read is for those who ask.
            Intent::WholeAnswer if whole_answer(model).is_none() => "",
            Intent::SignOff if enter_signs_it(model) => "",
            // Enter signs off several values.
            Intent::SignOff if matches!(next_of(model), Some(Next::SignOff(_))) => ONE_OF_THEM.0,
            Intent::PasteBack if matches!(next_of(model), Some(Next::PasteBack(_))) || is_read(model) => "",
            _ => binding.label,
        }
    }

    fn is_about_steps(&self) -> bool {
        true
    }

    fn wheel_lines(&self, _model: &Model) -> usize {
        1
    }

    fn messages<'a>(&'a self, model: &'a Model) -> Vec<&'a str> {
        let unread = chosen(model).and_then(|finding| match &finding.verdict {
            Verdict::Unread(why) => Some(why.what.as_str()),
            _ => None,
        });
        let failure = model.campus.as_ref().and_then(|campus| campus.failure.as_ref());
        unread.into_iter().chain(failure.map(|failure| failure.what.as_str())).collect()
    }

    fn folded<'a>(&'a self, model: &'a Model) -> Option<&'a str> {
        let unread = chosen(model).and_then(|finding| match &finding.verdict {
            Verdict::Unread(why) => why.folded(),
            _ => None,
        });
        unread.or_else(|| model.campus.as_ref()?.failure.as_ref()?.folded())
    }

    fn marks(&self) -> &'static [Meaning] {
        STATES
    }

    /// The status left by a sign-off or a recording.
    fn last_word(&self, model: &Model) -> Option<String> {
        model.status.clone()
    }
}

/// The chosen value of the current step.
fn chosen(model: &Model) -> Option<&Finding> {
    model.campus.as_ref().and_then(Campus::finding)
}

fn pick(model: &mut Model, screenful: usize, to: impl Fn(usize, usize, usize) -> usize) {
    let sight = items_in_sight(model, screenful);
    let Some(campus) = &mut model.campus else { return };
    let findings = &campus.here().report.findings;
    let Some(last) = findings.len().checked_sub(1) else { return };
    let key = findings[to(campus.picked(campus.at), last, sight).min(last)].key.clone();
    campus.places.entry(campus.at).or_default().key = Some(key);
}

/// Moves to the next or previous step. The summary follows the last step.
fn go(model: &mut Model, by: isize) {
    let Some(campus) = &mut model.campus else { return };
    let at = StepId::ALL.iter().position(|id| *id == campus.at).unwrap_or(0);
    match at.checked_add_signed(by) {
        Some(to) if to < StepId::ALL.len() => campus.at = StepId::ALL[to],
        Some(_) => model.screen = Screen::Summary(SummaryScreen::default()),
        None => {}
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let at = campus.at;
    match next(model, campus) {
        Next::Fix(_) | Next::Create(_) => return plan::open(model, vec![at]),
        Next::SignOff(keys) => sign_off::open(model, SignOffKind::Sign, keys),
        Next::SetUp(ask) | Next::Change(ask) => return set_up::open(model, ask),
        Next::Forecast => forecast::open(model, ""),
        Next::Prove => prove::open(model),
        Next::PasteBack(key) => {
            if let Some(campus) = &mut model.campus {
                campus.places.entry(at).or_default().key = Some(key);
            }
            paste_back(model);
        }
        Next::CheckAgain => return check(model, vec![at]),
        Next::GoTo(step) | Next::Step(step) => {
            if let Some(campus) = &mut model.campus {
                campus.at = step;
            }
        }
        Next::Summary => model.screen = Screen::Summary(SummaryScreen::default()),
        Next::Finish => finish::open(model),
    }
    Vec::new()
}

fn paste_back(model: &mut Model) {
    if let Some(key) = chosen(model).map(|finding| finding.key.clone()) {
        paste_back::open(model, key);
    }
}

fn sign_one(model: &mut Model) {
    let Some(finding) = chosen(model) else { return };
    let keys = vec![finding.key.clone()];
    // A sign-off that was about to get another remark goes on there.
    let begun = model.held.sign_off.as_ref().is_some_and(|held| held.way == SignOffKind::Sign && held.keys == keys);
    let way = match finding.verdict.sign_off() {
        Some(_) if !begun => SignOffKind::TakeBack,
        _ => SignOffKind::Sign,
    };
    sign_off::open(model, way, keys);
}

/// How many values fit on a screenful of the current step; at least one.
fn items_in_sight(model: &Model, screenful: usize) -> usize {
    let Some(campus) = &model.campus else { return 1 };
    let area = area_beside(model, if sidebar_fits(model) { SIDEBAR } else { 0 });
    let items = campus.here().report.findings.len().max(1);
    (screenful * items / page(model, &StepsScreen, area).body.len().max(1)).max(1)
}

/// Whether the step's record is known not to exist, so that there is nothing to sign off.
fn nothing_to_look_at(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.here().report.lacks_its_record())
}

/// Whether the chosen field should stay empty.
fn stays_blank(model: &Model) -> bool {
    chosen(model).is_some_and(|finding| finding.want.as_deref() == Some(BLANK))
}

fn something_is_open(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| campus.open_place(None, true).is_some())
}

fn next_of(model: &Model) -> Option<Next> {
    model.campus.as_ref().map(|campus| next::next(model, campus))
}

/// Whether no API can read this step. The footer then has room for what a person does.
fn by_hand(model: &Model) -> bool {
    model.campus.as_ref().is_some_and(|campus| matches!(campus.at, StepId::Rota | StepId::Rule | StepId::Illiad))
}

/// Whether Alma itself is read for the chosen value, so that pasting it back records nothing.
fn is_read(model: &Model) -> bool {
    chosen(model).is_some_and(|finding| !takes_evidence(model.recipe(), &finding.key))
}

/// Whether Enter signs off exactly the chosen value.
fn enter_signs_it(model: &Model) -> bool {
    matches!((next_of(model), chosen(model)), (Some(Next::SignOff(keys)), Some(finding)) if keys == [finding.key.clone()])
}

fn attested(model: &Model) -> bool {
    chosen(model).is_some_and(|finding| finding.verdict.sign_off().is_some())
}

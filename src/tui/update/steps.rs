//! The main screen and the summary.
use super::copy::copy;
use super::reading::{check, check_all};
use super::turn::scroll;
use super::{errand, prove, setup, sign, write};
use crate::engine::judge::Verdict;
use crate::recipe::{FieldKey, StepId};
use crate::site::Stance;
use crate::tui::entry::Entry;
use crate::tui::model::{Campus, Model, PasteBack, Screen, Way};
use crate::tui::msg::{Effect, Intent};
use crate::tui::next::{Next, answer_here, next};
use crate::tui::{keys, page};

/// A key on the steps.
pub(super) fn key(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if !keys::works(model, intent) {
        return Vec::new();
    }
    match intent {
        Intent::Up => pick(model, |at, _, _| at.saturating_sub(1)),
        Intent::Down => pick(model, |at, last, _| (at + 1).min(last)),
        Intent::PageUp => pick(model, |at, _, page| at.saturating_sub(page)),
        Intent::PageDown => pick(model, |at, last, page| (at + page).min(last)),
        Intent::First => pick(model, |_, _, _| 0),
        Intent::Last => pick(model, |_, last, _| last),
        Intent::Next => go(model, 1),
        Intent::Previous => go(model, -1),
        Intent::Enter => return enter(model),
        Intent::Check => {
            let Some(at) = model.campus.as_ref().map(|campus| campus.at) else { return Vec::new() };
            return check(model, vec![at]);
        }
        Intent::CheckAll => return check_all(model),
        Intent::Copy if keys::stays_blank(model) => {
            model.status = Some("Nothing to copy: this field stays blank.".to_owned());
        }
        Intent::Copy => {
            let value = model.campus.as_ref().and_then(Campus::finding).and_then(|finding| finding.want.clone());
            return value.map(|value| copy(model, value, 'c')).unwrap_or_default();
        }
        Intent::CopyCard => {
            let card = model.campus.as_ref().and_then(Campus::card).map(|card| card.lines().join("\n"));
            return card.map(|card| copy(model, card, 'C')).unwrap_or_default();
        }
        Intent::Answers => {
            let ask = model.campus.as_ref().and_then(answer_here);
            return ask.map(|ask| setup::open(model, ask)).unwrap_or_default();
        }
        Intent::PasteBack => paste_back(model),
        Intent::ProveAgain => prove::ask(model),
        Intent::SignOff => sign_one(model),
        Intent::Undo => write::ask_undo(model),
        Intent::Forecast => errand::ask_forecast(model, ""),
        _ => {}
    }
    Vec::new()
}

fn pick(model: &mut Model, to: impl Fn(usize, usize, usize) -> usize) {
    let sight = page::items_in_sight(model);
    let Some(campus) = &mut model.campus else { return };
    let findings = &campus.here().report.findings;
    let Some(last) = findings.len().checked_sub(1) else { return };
    let key = findings[to(campus.picked(campus.at), last, sight).min(last)].key.clone();
    campus.places.entry(campus.at).or_default().key = Some(key);
}

/// To the step after or before; past the last one comes the summary.
fn go(model: &mut Model, by: isize) {
    let Some(campus) = &mut model.campus else { return };
    let at = StepId::ALL.iter().position(|id| *id == campus.at).unwrap_or(0);
    match at.checked_add_signed(by) {
        Some(to) if to < StepId::ALL.len() => campus.at = StepId::ALL[to],
        Some(_) => model.screen = Screen::Summary(0),
        None => {}
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let at = campus.at;
    match next(model, campus) {
        Next::Fix(_) | Next::Create(_) => return write::make_plan(model, vec![at]),
        Next::SignOff(keys) => sign::open(model, Way::Sign, keys),
        Next::SetUp(ask) | Next::Change(ask) => return setup::open(model, ask),
        Next::Prove => prove::ask(model),
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
        Next::Summary => model.screen = Screen::Summary(0),
    }
    Vec::new()
}

fn paste_back(model: &mut Model) {
    let Some(key) = chosen(model) else { return };
    let held = model.held.paste.take().filter(|held| held.key == key);
    let fresh = || PasteBack::of(key, Entry::open(""));
    model.screen = Screen::PasteBack(held.unwrap_or_else(fresh));
}

fn sign_one(model: &mut Model) {
    let Some(finding) = model.campus.as_ref().and_then(Campus::finding) else { return };
    let way = if matches!(finding.verdict, Verdict::Attested(_)) { Way::TakeBack } else { Way::Sign };
    let key = finding.key.clone();
    sign::open(model, way, vec![key]);
}

fn chosen(model: &Model) -> Option<FieldKey> {
    model.campus.as_ref().and_then(Campus::finding).map(|finding| finding.key.clone())
}

/// A key on the summary.
pub(super) fn in_summary(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    match intent {
        Intent::Enter => {
            let open = model.campus.as_ref().map(|campus| (campus.first_open(), campus.site.stance));
            // All is done ahead of time: what is left is going live, and that asks for the campus code first.
            if let Some((None, Stance::Ahead)) = open {
                return errand::look_at_gates(model);
            }
            if let Some(campus) = &mut model.campus {
                let open = campus.first_open();
                campus.at = open.unwrap_or(campus.at);
                // What was chosen there before may long be done: to what needs somebody.
                if let Some(place) = open.and_then(|step| campus.places.get_mut(&step)) {
                    place.key = None;
                }
            }
            model.screen = Screen::Steps;
        }
        Intent::Back | Intent::Previous => model.screen = Screen::Steps,
        Intent::CheckAll => return check_all(model),
        Intent::GoLive => return errand::look_at_gates(model),
        Intent::HandOff => return errand::write_hand_off(model),
        _ => {
            if let Screen::Summary(top) = &mut model.screen {
                scroll(top, intent, screenful);
            }
        }
    }
    Vec::new()
}

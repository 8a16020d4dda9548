//! The set-up: field by field, each refusing with its reason, while both systems are asked in the background.
use super::leave::leave_if_asked;
use super::reading::{check_all, ticket};
use super::turn::scroll;
use crate::failure::Failure;
use crate::recipe::StepId;
use crate::site::{CampusCode, CampusField, ServiceUrl};
use crate::tui::entry::{Edit, Entry, Mask};
use crate::tui::model::{Campus, Job, Model, Opening, Screen};
use crate::tui::msg::{Effect, Explored, Intent, Saved, Ticket, Work};
use crate::tui::page;
use crate::tui::setup::{Ask, Asked, Page, Setup, Widget, whose};

/// Opens the set-up of the campus at one question; what was typed before is still there.
pub(super) fn open(model: &mut Model, ask: Ask) -> Vec<Effect> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let code = campus.site.institution.as_str();
    let held = model.setup.take().filter(|setup| setup.draft.get(CampusField::Institution) == code);
    let mut setup = held.unwrap_or_else(|| Box::new(Setup::of(&campus.site, ask, campus.keys_words.clone())));
    setup.store.clone_from(&campus.store);
    setup.page = ask.page();
    put_cursor(&mut setup, ask);
    setup.refused = None;
    model.setup = Some(setup);
    model.screen = Screen::Setup;
    explore(model)
}

/// A key in the set-up.
pub(super) fn key(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    if setup.saving.since().is_some() {
        return Vec::new();
    }
    if intent == Intent::Back {
        return back(model);
    }
    match setup.page {
        Page::Campus => in_campuses(model, intent, screenful),
        Page::Systems | Page::Places => in_form(model, intent),
        Page::Review => in_review(model, intent, screenful),
    }
}

/// Hides every key but one under the cursor: whoever leaves its field, by whatever way, does not leave it to be seen.
pub(super) fn hide_keys(model: &mut Model) {
    let here = model.setup_shown().filter(|setup| setup.page == Page::Systems && model.help.is_none());
    let here = here.map(|setup| setup.focus);
    let Some(setup) = &mut model.setup else { return };
    for (_, entry) in setup.entries.iter_mut().filter(|(ask, _)| Some(**ask) != here) {
        entry.set_mask(Mask::On);
    }
}

/// To the steps where there are any, else to the page before; on the first one, back to all campuses. What was answered stays.
fn back(model: &mut Model) -> Vec<Effect> {
    match (&model.campus, &mut model.setup) {
        (Some(_), _) => model.screen = Screen::Steps,
        (None, Some(setup)) => match setup.page.previous() {
            Some(page) => turn_to(setup, page, false),
            None if setup.filter.is_empty() => {
                model.status = Some("There is nothing to go back to; Ctrl-C leaves.".to_owned());
            }
            None => setup.edit(|filter| filter.edit(Edit::Clear)),
        },
        (None, None) => {}
    }
    Vec::new()
}

fn in_campuses(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    let (new_ticket, since) = (ticket(model), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let offers = setup.offers();
    let (row, last) = (setup.row(), offers.len().saturating_sub(1));
    match intent {
        Intent::Up => setup.moved = Some(row.saturating_sub(1)),
        Intent::Down => setup.moved = Some((row + 1).min(last)),
        Intent::PageUp => setup.moved = Some(row.saturating_sub(screenful)),
        Intent::PageDown => setup.moved = Some((row + screenful).min(last)),
        Intent::Enter => {
            let Some(code) = setup.campus_chosen() else { return Vec::new() };
            if setup.goes_on() {
                model.status = setup.go_on();
                return explore(model);
            }
            if let Some(code) = CampusCode::parse(&code).filter(|_| setup.is_known(&code)) {
                setup.saving = Job::Asked { ticket: new_ticket, since };
                return vec![Effect::Work(Work::OpenCampus { ticket: new_ticket, code })];
            }
            setup.saving = Job::Idle;
            if code != setup.draft.get(CampusField::Institution) {
                setup.start_afresh();
            }
            setup.choose(&code);
            turn_to(setup, Page::Systems, true);
            return explore(model);
        }
        _ => {}
    }
    Vec::new()
}

/// Shows a page, with its first or last question under the cursor.
fn turn_to(setup: &mut Setup, page: Page, first: bool) {
    setup.page = page;
    setup.refused = None;
    setup.moved = None;
    setup.top = 0;
    let mut asks = page.asks();
    let ask = if first { asks.next() } else { asks.last() };
    if let Some(ask) = ask {
        put_cursor(setup, ask);
    }
}

fn in_form(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let offers = if setup.focus.widget() == Widget::List { setup.offers() } else { Vec::new() };
    let row = setup.taken();
    if matches!(intent, Intent::Next | Intent::Previous | Intent::PageDown | Intent::PageUp) {
        setup.take_moved();
    }
    match intent {
        Intent::Up if row.is_some_and(|row| row > 0) => setup.moved = row.map(|row| row - 1),
        Intent::Down if row.is_some_and(|row| row + 1 < offers.len()) => setup.moved = row.map(|row| row + 1),
        Intent::Down if row.is_none() && !offers.is_empty() => setup.moved = Some(0),
        Intent::Up | Intent::Previous => step_back(setup),
        Intent::Enter => {
            if let Some(offer) = row.and_then(|row| offers.get(row)) {
                setup.put(&offer.value);
            }
            step_on(setup);
        }
        Intent::Down | Intent::Next => pass_on(setup),
        Intent::PageDown => page_on(setup),
        Intent::PageUp => {
            if let Some(page) = setup.page.previous() {
                turn_to(setup, page, true);
            }
        }
        Intent::Reveal => {
            let to = if setup.entry().and_then(Entry::mask) == Some(Mask::Off) { Mask::On } else { Mask::Off };
            if let Some(entry) = setup.entries.get_mut(&setup.focus) {
                entry.set_mask(to);
            }
        }
        Intent::Left => turn_choice(setup, -1),
        Intent::Right => turn_choice(setup, 1),
        _ => {}
    }
    explore(model)
}

/// To the line of the list of campuses, or to the question, that the mouse points at.
pub(super) fn to_item(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(setup) = model.setup.as_mut().filter(|setup| setup.saving.since().is_none()) else { return Vec::new() };
    match setup.page {
        Page::Campus if at < setup.offers().len() => setup.moved = Some(at),
        Page::Systems | Page::Places => {
            let Some(ask) = setup.page.asks().nth(at).filter(|ask| *ask != setup.focus) else { return Vec::new() };
            setup.left.insert(setup.focus);
            setup.refused = None;
            put_cursor(setup, ask);
            return explore(model);
        }
        Page::Campus | Page::Review => {}
    }
    Vec::new()
}

/// Puts the cursor to a question, and its list to the answer that is there already.
fn put_cursor(setup: &mut Setup, ask: Ask) {
    setup.focus = ask;
    setup.moved = None;
}

/// To the next question, once this one is answered.
fn step_on(setup: &mut Setup) {
    setup.refused = setup.problem(setup.focus);
    if setup.refused.is_some() {
        return;
    }
    let focus = setup.focus;
    setup.moved = None;
    match setup.page.asks().skip_while(|ask| *ask != focus).nth(1) {
        Some(ask) => put_cursor(setup, ask),
        None => page_on(setup),
    }
}

/// To the next question, answered or not: what is typed next must never land in a field that was meant to be left.
fn pass_on(setup: &mut Setup) {
    let focus = setup.focus;
    setup.left.insert(focus);
    setup.refused = None;
    setup.moved = None;
    match setup.page.asks().skip_while(|ask| *ask != focus).nth(1) {
        Some(ask) => put_cursor(setup, ask),
        None => {
            page_on(setup);
            // The one that keeps the page is this one: round to the first, and it stays marked.
            if setup.focus == focus
                && let Some(first) = setup.page.asks().next()
            {
                setup.refused = None;
                put_cursor(setup, first);
            }
        }
    }
}

/// Refuses a key that is pasted where everybody could read it.
pub(super) fn key_refused(model: &mut Model, pasted: &str) -> bool {
    let Some(setup) = model.setup.as_mut().filter(|_| matches!(model.screen, Screen::Setup)) else { return false };
    if !setup.would_show_a_key(pasted) {
        return false;
    }
    let words = "this looks like a key; paste it into its own field".to_owned();
    match setup.page {
        Page::Campus => model.status = Some(words),
        Page::Systems | Page::Places | Page::Review => setup.refused = Some(words),
    }
    true
}

/// To the question before, answered or not.
fn step_back(setup: &mut Setup) {
    setup.left.insert(setup.focus);
    setup.refused = None;
    setup.moved = None;
    let focus = setup.focus;
    match setup.page.asks().take_while(|ask| *ask != focus).last() {
        Some(ask) => put_cursor(setup, ask),
        None => {
            if let Some(page) = setup.page.previous() {
                turn_to(setup, page, false);
            }
        }
    }
}

/// To the next page, or to the first question of this one that is not answered.
fn page_on(setup: &mut Setup) {
    let open = setup.page.asks().find(|ask| setup.problem(*ask).is_some());
    match (open, setup.page.next()) {
        (Some(ask), _) => {
            put_cursor(setup, ask);
            setup.refused = setup.problem(ask);
        }
        (None, Some(page)) => turn_to(setup, page, true),
        (None, None) => {}
    }
}

fn turn_choice(setup: &mut Setup, by: isize) {
    let (Widget::Choice(choices), Ask::Slot(slot)) = (setup.focus.widget(), setup.focus) else { return };
    let at = choices.iter().position(|choice| choice.value == setup.draft.get(slot)).unwrap_or(0);
    let to = at.checked_add_signed(by).unwrap_or(choices.len() - 1) % choices.len();
    setup.draft.set(slot, choices[to].value);
    if slot == CampusField::Environment {
        // Those of the other one are no keys of this one.
        setup.stored.clone_from(&setup.given);
    }
}

fn in_review(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    let (new_ticket, since) = (ticket(model), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    if intent != Intent::Enter {
        scroll(&mut setup.top, intent, screenful);
        return Vec::new();
    }
    if let Some(ask) = Ask::all().find(|ask| setup.problem(*ask).is_some()) {
        turn_to(setup, ask.page(), true);
        put_cursor(setup, ask);
        setup.refused = setup.problem(ask);
        return Vec::new();
    }
    setup.saving = Job::Asked { ticket: new_ticket, since };
    let (draft, keys) = (Box::new(setup.draft.clone()), setup.keys());
    vec![Effect::Work(Work::SaveCampus { ticket: new_ticket, draft, keys })]
}

/// Where the cursor of a first set-up is.
pub(super) fn cursor(model: &Model) -> Option<(Page, Ask)> {
    let setup = model.setup.as_ref().filter(|_| model.campus.is_none())?;
    Some((setup.page, setup.focus))
}

/// What was answered in a first set-up is kept whenever the cursor moves on, and before leaving.
pub(super) fn keep(model: &mut Model, was: Option<(Page, Ask)>, mut effects: Vec<Effect>) -> Vec<Effect> {
    let now = cursor(model);
    let leaves = effects.iter().any(|effect| matches!(effect, Effect::Quit(_)));
    if now.is_none() || (now == was && !leaves) || model.practice.is_some() {
        return effects;
    }
    let at = model.now;
    if let Some(begun) = model.setup.as_mut().and_then(|setup| setup.to_keep(at)) {
        effects.insert(0, Effect::KeepSetup(Box::new(begun)));
    }
    effects
}

/// Asks both systems, if something they depend on has changed and there is an address to ask at.
fn explore(model: &mut Model) -> Vec<Effect> {
    let (new_ticket, since) = (Ticket(model.next_ticket), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let asked = Asked {
        texts: [CampusField::AlmaUrl, CampusField::IlliadUrl, CampusField::AlmaLibrary]
            .map(|slot| setup.draft.get(slot)),
        whose: whose(&setup.draft),
        keys: setup.keys(),
    };
    let [alma_url, illiad_url, _] = &asked.texts;
    // Without a key typed the answer tells of the keys that are stored, and is asked with those.
    let askable = [illiad_url, alma_url].into_iter().any(|url| ServiceUrl::parse(url).is_ok());
    if !askable || setup.asked.as_ref() == Some(&asked) {
        return Vec::new();
    }
    let work = Work::Explore { ticket: new_ticket, draft: Box::new(setup.draft.clone()), keys: asked.keys.clone() };
    setup.asked = Some(asked);
    setup.explored = Job::Asked { ticket: new_ticket, since };
    model.next_ticket += 1;
    vec![Effect::Work(work)]
}

/// Takes what the two systems said, unless something was changed since.
pub(super) fn explored(model: &mut Model, ticket: Ticket, result: Result<Box<Explored>, Failure>) {
    let now = model.now;
    let Some(setup) = &mut model.setup else { return };
    let (seen, outcome) = match result {
        Ok(seen) => (Some(*seen), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if setup.explored.settle(ticket, outcome, now) {
        if let Some(seen) = &seen {
            setup.stored.clone_from(&seen.stored);
        }
        setup.seen = seen;
    }
}

/// Takes the stored campus: the set-up ends, and the steps are read.
pub(super) fn saved(model: &mut Model, ticket: Ticket, result: Result<Box<Saved>, Failure>) -> Vec<Effect> {
    let now = model.now;
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let (saved, outcome) = match result {
        Ok(saved) => (Some(*saved), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if !setup.saving.settle(ticket, outcome, now) {
        return Vec::new();
    }
    if let Some(effects) = leave_if_asked(model) {
        return effects;
    }
    let Some(Saved { site, cards, keys_words, store, broken }) = saved else { return Vec::new() };
    let opened = model.setup.as_ref().filter(|setup| setup.page == Page::Campus).map(|setup| setup.opens_at);
    let at = model.campus.as_ref().map(|campus| campus.at).or(opened.flatten()).unwrap_or(StepId::Connect);
    let lost = model.setup.as_ref().is_some_and(|setup| setup.keys_are_lost());
    let words = if lost { "Stored, but for the keys: they serve until you leave." } else { "Stored." };
    let opening = if opened == Some(None) { Opening::AtFirstOpen } else { Opening::Settled };
    model.campus = Some(Campus { cards, keys_words, store, opening, ..Campus::unread(site, now, at) });
    model.setup = None;
    model.screen = Screen::Steps;
    model.status = opened.is_none().then(|| words.to_owned());
    if let (Some(asked), Some(broken)) = (opened, broken) {
        model.resume(&broken, asked);
    }
    check_all(model)
}

//! The cursor's way through the questions: on, back, and to what is not answered.
use crate::site::CampusField;
use crate::tui::setup::{Question, Setup, SetupPage, Widget};

/// Shows a page, with its first or last question under the cursor.
pub(super) fn turn_to(setup: &mut Setup, page: SetupPage, first: bool) {
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

/// Puts the cursor to a question, and its list to the answer that is there already.
pub(super) fn put_cursor(setup: &mut Setup, ask: Question) {
    setup.focus = ask;
    setup.moved = None;
}

/// To the next question, once this one is answered.
pub(super) fn step_on(setup: &mut Setup) {
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
pub(super) fn pass_on(setup: &mut Setup) {
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

/// To the question before, answered or not.
pub(super) fn step_back(setup: &mut Setup) {
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
pub(super) fn page_on(setup: &mut Setup) {
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

pub(super) fn turn_choice(setup: &mut Setup, by: isize) {
    let (Widget::Choice(choices), Question::Slot(slot)) = (setup.focus.widget(), setup.focus) else { return };
    let at = choices.iter().position(|choice| choice.value == setup.draft.get(slot)).unwrap_or(0);
    let to = at.checked_add_signed(by).unwrap_or(choices.len() - 1) % choices.len();
    setup.draft.set(slot, choices[to].value);
    if slot == CampusField::Environment {
        // Those of the other one are no keys of this one.
        setup.stored.clone_from(&setup.given);
    }
}

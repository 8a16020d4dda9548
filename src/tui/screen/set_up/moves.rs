//! Moves the cursor between questions and pages.
use crate::site::CampusField;
use crate::tui::entry::Entry;
use crate::tui::setup::{Question, Setup, SetupPage, Widget};

/// Shows a page, with the cursor on its first or last question.
pub(super) fn turn_to(setup: &mut Setup, page: SetupPage, first: bool) {
    setup.page = page;
    if page == SetupPage::Campus {
        setup.filter = Entry::open("");
    }
    setup.refused = None;
    setup.moved = None;
    setup.top = 0;
    let mut asks = page.asks();
    let ask = if first { asks.next() } else { asks.last() };
    if let Some(ask) = ask {
        put_cursor(setup, ask);
    }
}

/// Puts the cursor on a question, and resets its list to the current answer.
pub(super) fn put_cursor(setup: &mut Setup, ask: Question) {
    setup.focus = ask;
    setup.moved = None;
    setup.typed_into = None;
}

/// Marks the question under the cursor as left, whether or not its answer is valid.
pub(super) fn leave(setup: &mut Setup) {
    setup.left.insert(setup.focus);
    setup.refused = None;
    setup.moved = None;
}

fn question_after(setup: &Setup) -> Option<Question> {
    setup.page.asks().skip_while(|ask| *ask != setup.focus).nth(1)
}

/// Moves to the next question if the current answer is valid.
pub(super) fn step_on(setup: &mut Setup) {
    setup.refused = setup.problem(setup.focus);
    if setup.refused.is_some() {
        return;
    }
    setup.moved = None;
    match question_after(setup) {
        Some(ask) => put_cursor(setup, ask),
        None => page_on(setup),
    }
}

/// Moves to the next question even if the current answer is invalid, so that what is typed next never lands in the old field.
pub(super) fn pass_on(setup: &mut Setup) {
    leave(setup);
    let left = setup.focus;
    match question_after(setup) {
        Some(ask) => put_cursor(setup, ask),
        None => page_on(setup),
    }
    // The last question itself keeps the page from turning. Go round to the first one; this one stays marked.
    if setup.focus == left
        && let Some(first) = setup.page.asks().next()
    {
        setup.refused = None;
        put_cursor(setup, first);
    }
}

/// Moves to the previous question, even if the current answer is invalid.
pub(super) fn step_back(setup: &mut Setup) {
    leave(setup);
    match setup.page.asks().take_while(|ask| *ask != setup.focus).last() {
        Some(ask) => put_cursor(setup, ask),
        None => page_back(setup, false),
    }
}

/// Turns to the previous page, if there is one, with the cursor on its first or last question.
pub(super) fn page_back(setup: &mut Setup, first: bool) {
    if let Some(page) = setup.page.previous() {
        turn_to(setup, page, first);
    }
}

/// Turns to the next page, or moves to the first invalid answer of this one.
pub(super) fn page_on(setup: &mut Setup) {
    let open = setup.page.asks().find(|ask| setup.problem(*ask).is_some());
    match (open, setup.page.next()) {
        (Some(ask), _) => {
            put_cursor(setup, ask);
            setup.refused = setup.problem(ask);
        }
        (None, Some(page)) => {
            let next = std::iter::successors(Some(page), |page| page.next()).find(|page| !setup.was_answered(*page));
            turn_to(setup, next.unwrap_or(page), true);
        }
        (None, None) => {}
    }
}

pub(super) fn turn_choice(setup: &mut Setup, by: isize) {
    let (Widget::Choice(choices), Question::Slot(slot)) = (setup.focus.widget(), setup.focus) else { return };
    let at = choices.iter().position(|choice| choice.value == setup.draft.get(slot)).unwrap_or(0);
    let to = at.checked_add_signed(by).unwrap_or(choices.len() - 1) % choices.len();
    setup.draft.set(slot, choices[to].value);
    if slot == CampusField::Environment {
        setup.change_environment();
    }
}

//! Takes what the checks of the board found, and opens a campus's wizard.
use crate::engine::board::BoardRow;
use crate::failure::Failure;
use crate::recipe::StepId;
use crate::tui::board::{BoardCampus, BoardKey, BoardStanding};
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::msg::{Effect, StoredCampus};
use crate::tui::parts::checks::check_all;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;

/// Takes what was found at one campus, unless a newer check of it was requested.
pub(in crate::tui) fn read(
    model: &mut Model,
    ticket: Ticket,
    campus: &BoardKey,
    result: Result<Box<BoardRow>, Failure>,
) {
    let now = model.now;
    let Some(board) = &mut model.board else { return };
    let awaited = |other: &&mut BoardCampus| other.key == *campus && is_awaited(other, ticket);
    if let Some(campus) = board.campuses.iter_mut().find(awaited) {
        settle(campus, result, now);
    }
}

/// Takes the end of a check of several campuses. One of which nothing came back was not checked.
pub(in crate::tui) fn read_all(model: &mut Model, ticket: Ticket, result: Result<(), Failure>) {
    let now = model.now;
    let gone = || Failure::new(crate::failure::FailureKind::CampusFile, "Its campus file is not there any more.");
    let failure = result.err().unwrap_or_else(gone);
    let Some(board) = &mut model.board else { return };
    for campus in board.campuses.iter_mut().filter(|campus| is_awaited(campus, ticket)) {
        settle(campus, Err(failure.clone()), now);
    }
}

fn is_awaited(campus: &BoardCampus, ticket: Ticket) -> bool {
    campus.reading.is_some_and(|(awaited, _)| awaited == ticket)
}

fn settle(campus: &mut BoardCampus, result: Result<Box<BoardRow>, Failure>, at: Timestamp) {
    campus.reading = None;
    campus.standing = match (result, campus.row()) {
        (Ok(row), Some(before)) => BoardStanding::Read(Box::new(row.after(before))),
        (Ok(row), None) => BoardStanding::Read(row),
        (Err(failure), _) => BoardStanding::Failed { failure, at },
    };
}

/// Shows the wizard of a campus that was opened, at the step in question. `Err` gives the reply back if the board did not ask.
pub(in crate::tui) fn opened(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Box<StoredCampus>, Failure>,
) -> Result<Vec<Effect>, Result<Box<StoredCampus>, Failure>> {
    let now = model.now;
    let Some(board) = &mut model.board else { return Err(result) };
    let Some(opening) = board.opening.take_if(|opening| opening.ticket == ticket) else { return Err(result) };
    let stored = match result {
        Ok(stored) => *stored,
        Err(failure) => {
            model.status = Some(failure.plain().to_owned());
            return Ok(Vec::new());
        }
    };
    let row = board.campuses.iter().find(|campus| campus.key == opening.key).and_then(BoardCampus::row);
    let at = row.map_or(StepId::Connect, BoardRow::first_step);
    let StoredCampus { site, cards, keys_words, store, .. } = stored;
    model.campus = Some(Campus { cards, keys_words, store, ..Campus::unread(site, now, at) });
    model.screen = Screen::Steps(StepsScreen);
    let held = model.held_elsewhere.iter().position(|(key, _)| *key == opening.key);
    model.held = held.map(|at| model.held_elsewhere.swap_remove(at).1).unwrap_or_default();
    Ok(check_all(model))
}

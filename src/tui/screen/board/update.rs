//! Handles the board: choosing a campus, opening its wizard and coming back, checking again, filter and order.
use super::keys::FILTERING;
use super::state::BoardScreen;
use crate::tui::board::{Board, BoardKey, BoardOpening};
use crate::tui::entry::Entry;
use crate::tui::model::{Drafts, Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::area::Area;
use crate::tui::parts::checks::ticket;
use crate::tui::parts::marks::STATES;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::reveal;
use crate::tui::screen::behaviour::{Behaviour, EntryChange, Meaning, TextUse};
use crate::tui::screen::dispatch::{behaviour, handlers};

/// Reads all campuses, if the session begins with the board.
pub(in crate::tui) fn begin(model: &mut Model) -> Vec<Effect> {
    read_again(model, |_| true)
}

/// Whether a campus's wizard is open over the board, so that leaving it leads back there.
pub(in crate::tui) fn is_behind(model: &Model) -> bool {
    model.board.is_some() && !matches!(model.screen, Screen::Board(_))
}

/// Leaves a campus's wizard for the board, and reads that campus again. Not while something is being written.
pub(in crate::tui) fn come_back(model: &mut Model) -> Vec<Effect> {
    if model.writing() {
        model.status = Some("A write is still running; it ends first. Ctrl-C quits after it.".to_owned());
        return Vec::new();
    }
    let stops = behaviour(&model.screen).can_be_stopped();
    let mut effects = if stops { (handlers(&model.screen).stop)(model) } else { Vec::new() };
    (model.campus, model.setup, model.help, model.copied) = (None, None, None, None);
    model.screen = Screen::Board(BoardScreen::default());
    let chosen = model.board.as_ref().and_then(|board| board.moved_to.clone());
    let held = std::mem::take(&mut model.held);
    model.held_elsewhere.extend(chosen.clone().filter(|_| held != Drafts::default()).map(|key| (key, held)));
    effects.extend(read_again(model, |key| Some(key) == chosen.as_ref()));
    effects
}

/// Requests a check of these campuses. Replies to older requests for them are dropped.
fn read_again(model: &mut Model, which: impl Fn(&BoardKey) -> bool) -> Vec<Effect> {
    let (ticket, now) = (ticket(model), model.now);
    let Some(board) = &mut model.board else { return Vec::new() };
    let mut campuses = Vec::new();
    for campus in board.campuses.iter_mut().filter(|campus| which(&campus.key)) {
        campus.reading = Some((ticket, now));
        campuses.push(campus.key.clone());
    }
    if campuses.is_empty() { Vec::new() } else { vec![Effect::Work(Work::ReadBoard { ticket, campuses })] }
}

/// Requests the wizard of the chosen campus.
fn open(model: &mut Model) -> Vec<Effect> {
    let ticket = ticket(model);
    // One at a time: the worker works on the campus that was opened last.
    let Some(board) = model.board.as_mut().filter(|board| board.opening.is_none()) else { return Vec::new() };
    let Some(key) = board.campus().map(|campus| campus.key.clone()) else { return Vec::new() };
    board.moved_to = Some(key.clone());
    board.opening = Some(BoardOpening { ticket, since: model.now, key: key.clone() });
    vec![Effect::Work(Work::OpenCampus { ticket, code: key.code, environment: key.environment })]
}

fn choose(board: &mut Board, to: impl Fn(usize, usize) -> usize) {
    let shown = board.visible();
    let last = shown.len().saturating_sub(1);
    let key = shown.get(to(board.chosen(), last).min(last)).map(|campus| campus.key.clone());
    board.moved_to = key.or(board.moved_to.take());
}

/// Opens the field for the filter, with the filter in it.
fn type_filter(model: &mut Model) {
    if let (Screen::Board(screen), Some(board)) = (&mut model.screen, &model.board) {
        screen.filter = Some(Entry::open(&board.filter));
    }
}

/// Closes the field for the filter, or shows all campuses.
fn back(model: &mut Model) {
    let (Screen::Board(screen), Some(board)) = (&mut model.screen, &mut model.board) else { return };
    screen.filter = None;
    board.filter.clear();
}

impl Behaviour for BoardScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let (Screen::Board(screen), Some(board)) = (&mut model.screen, &mut model.board) else { return Vec::new() };
        match intent {
            Intent::Up => choose(board, |at, _| at.saturating_sub(1)),
            Intent::Down => choose(board, |at, _| at + 1),
            Intent::PageUp => choose(board, |at, _| at.saturating_sub(screenful)),
            Intent::PageDown => choose(board, |at, _| at + screenful),
            Intent::First => choose(board, |_, _| 0),
            Intent::Last => choose(board, |_, last| last),
            Intent::NextOpen | Intent::PreviousOpen => {
                board.moved_to = board.problem(intent == Intent::NextOpen).or(board.moved_to.take());
            }
            Intent::Sort => {
                // The chosen campus stays chosen, wherever its row goes.
                choose(board, |at, _| at);
                board.order = board.order.next();
            }
            Intent::Find => type_filter(model),
            Intent::Enter if screen.filter.is_some() => screen.filter = None,
            Intent::Enter => return open(model),
            Intent::Back => back(model),
            Intent::Check => {
                let chosen = board.campus().map(|campus| campus.key.clone());
                return read_again(model, |key| Some(key) == chosen.as_ref());
            }
            Intent::CheckAll => return read_again(model, |_| true),
            _ => {}
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let (Screen::Board(screen), Some(board)) = (&mut model.screen, &mut model.board) else { return };
        if let Some(entry) = &mut screen.filter {
            change(entry);
            entry.text().clone_into(&mut board.filter);
        }
    }

    fn click(model: &mut Model, item: usize) -> Vec<Effect> {
        if let Some(board) = &mut model.board {
            choose(board, |_, _| item);
        }
        Vec::new()
    }

    fn keep_in_sight(model: &mut Model, sheet: &Sheet, area: Area) {
        if let Some(board) = &mut model.board {
            board.top = reveal(&sheet.body, board.chosen(), board.top, sheet.height(area));
        }
    }

    fn table(&self, _model: &Model) -> usize {
        if self.filter.is_some() { FILTERING } else { 0 }
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        let campus = model.board.as_ref()?.campus()?;
        if self.filter.is_some() {
            return Some("keep the filter".to_owned());
        }
        let step = campus.row().map(|row| model.recipe().step(row.first_step()).title.as_str());
        Some(step.map_or("open it".to_owned(), |title| format!("open {title}")))
    }

    fn works(&self, model: &Model, intent: Intent) -> bool {
        let Some(board) = &model.board else { return false };
        match intent {
            Intent::NextOpen | Intent::PreviousOpen => board.problem(true).is_some(),
            Intent::Check => board.campus().is_some(),
            Intent::Back => self.filter.is_some() || !board.filter.is_empty(),
            _ => true,
        }
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        self.filter.as_ref()
    }

    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Answer
    }

    fn wheel_lines(&self, _model: &Model) -> usize {
        1
    }

    fn marks(&self) -> &'static [Meaning] {
        STATES
    }
}

//! Draws the board: how all campuses stand, a row for each, and the details of the chosen one.
use super::details;
use super::row::{BoardLayout, heads, line};
use super::state::BoardScreen;
use crate::engine::judge::StepState;
use crate::tui::board::{Board, BoardCampus, BoardOpening, BoardStanding};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::field;
use crate::tui::parts::judgement::busy_with;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone};
use crate::tui::text::{count, cut};

/// The campuses that the filter shows, in their order.
pub(in crate::tui) fn page(model: &Model, screen: &BoardScreen, area: Area) -> Sheet {
    let Some(board) = &model.board else { return Sheet::default() };
    let spoken = Area::speaks(area.columns);
    let side_at = side_at(area);
    let width = side_at.map_or(area.columns.saturating_sub(1), |at| at - 1);
    let (layout, columns) = (BoardLayout::of(width), width.saturating_sub(1));
    let shown = board.visible();
    let chosen = board.chosen();
    let rows = shown.iter().enumerate();
    let mut body: Vec<Row> =
        rows.map(|(at, campus)| line(model, campus, at == chosen, layout, columns).of_item(at)).collect();
    if body.is_empty() {
        body.push(Row::of(Tone::Plain, " No campus has that in its row."));
    }
    let head = head(model, board, shown.len(), layout, (area.columns.saturating_sub(2), columns));
    let mut sheet = Sheet { head, body, top: board.top, ..Sheet::default() };
    let campus = board.campus();
    match (side_at, campus) {
        (Some(side_at), Some(campus)) => {
            sheet.side = details::beside(model, campus, area.columns - side_at);
            sheet.side_at = side_at;
        }
        // Line mode tells them when a campus is chosen.
        (None, Some(campus)) if spoken => sheet.side = details::beside(model, campus, area.columns),
        (None, Some(campus)) => sheet.foot = details::below(model, campus, area),
        (_, None) => {}
    }
    if spoken && !board.is_busy() {
        // The sum comes after the rows that it counts.
        sheet.head.remove(1);
        sheet.foot.push(Row::of(Tone::Plain, format!(" {}", tally(board))));
    }
    if let Some(entry) = &screen.filter {
        let start = Row::of(Tone::Plain, " Show only").add(Tone::Plain, PieceKind::Colon);
        let room = columns.saturating_sub(start.width()).max(4);
        sheet.foot = vec![Row::rule(columns), field::focused(start, entry, room, model.script.dots())];
    }
    sheet
}

/// The column where the details stand beside the list, if there is room for both.
fn side_at(area: Area) -> Option<usize> {
    const LIST: usize = 76;
    const DETAILS: usize = 40;
    let fits = area.columns >= LIST + DETAILS && BoardLayout::of(area.columns) != BoardLayout::Words;
    area.side_at().filter(|_| fits).map(|_| LIST)
}

fn head(
    model: &Model,
    board: &Board,
    shown: usize,
    layout: BoardLayout,
    (columns, list_columns): (usize, usize),
) -> Vec<Row> {
    let order = if board.campuses.len() > 1 { board.order.words() } else { "" };
    let title = match &model.consortium.name {
        Some(name) => format!(" {name}: {}", how_many(board)),
        None => format!(" {}", how_many(board)),
    };
    let room = columns.saturating_sub(order.chars().count() + 2);
    let title = Row::of(Tone::Heading, cut(&title, room, model.script.dots()));
    let title = if order.is_empty() { title } else { title.right(columns, Tone::Faint, order) };
    let mut rows = vec![title];
    rows.push(match (&board.opening, board.reading()) {
        (Some(BoardOpening { since, key, .. }), _) => {
            busy_with(model, *since, Tone::Plain, &format!("Opening {}", key.code))
        }
        (None, Some((reading, since))) => {
            let of = board.campuses.len();
            busy_with(model, since, Tone::Plain, &format!("Reading all steps: {} of {of} done", of - reading))
        }
        (None, None) => Row::of(Tone::Plain, format!(" {}", tally(board))),
    });
    if !board.filter.trim().is_empty() {
        let words = format!(" {shown} shown, with \"{}\"", board.filter.trim());
        rows.push(Row::of(Tone::Picked, words));
    }
    rows.push(heads(model, layout, list_columns));
    rows
}

/// How many campuses there are, and how many files, where some have one for each environment.
fn how_many(board: &Board) -> String {
    let mut codes: Vec<_> = board.campuses.iter().map(|campus| &campus.key.code).collect();
    codes.dedup();
    let (campuses, files) = (codes.len(), board.campuses.len());
    let unit = if campuses == 1 { "campus" } else { "campuses" };
    if files == campuses { format!("{campuses} {unit}") } else { format!("{campuses} {unit}, {files} files") }
}

/// How the campuses stand: `3 with a problem, 5 waiting for a person, 17 done`.
fn tally(board: &Board) -> String {
    let counted = |is: fn(&BoardCampus) -> bool| board.campuses.iter().filter(|campus| is(campus)).count();
    let waits =
        |campus: &BoardCampus| !campus.has_problem() && campus.row().is_some_and(|row| row.state == StepState::Waiting);
    let done = |campus: &BoardCampus| {
        let settled = |state| matches!(state, StepState::Attested | StepState::Verified);
        !campus.has_problem() && campus.row().is_some_and(|row| settled(row.state))
    };
    let told = [
        (counted(BoardCampus::has_problem), "with a problem"),
        (counted(waits), "waiting for a person"),
        (counted(done), "done"),
        (counted(|campus| campus.standing == BoardStanding::NotRead), "not read yet"),
    ];
    let told = told.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let changed: usize = board.campuses.iter().filter_map(BoardCampus::row).map(|row| row.changed.len()).sum();
    let news = (changed > 0).then(|| format!("{} changed", count(changed, "value")));
    told.chain(news).collect::<Vec<_>>().join(", ")
}

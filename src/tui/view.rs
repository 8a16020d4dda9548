//! Draws the model into ratatui's buffer. Has no state, and decides nothing about content.
use super::keys::{self, FooterKey, Key};
use super::model::Model;
use super::msg::Intent;
use super::page::{self, MIN_COLUMNS, MIN_ROWS};
use super::row::{PieceKind, Row, Tone};
use super::script::Script;
use super::text;
use super::theme::Palette;
use crate::site::{CampusField, Environment};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// Draws the model into a frame.
pub fn draw(frame: &mut Frame<'_>, model: &Model, palette: Palette) {
    let window = frame.area();
    let pen = Pen { script: model.script, palette };
    if page::too_small(window.width, window.height) {
        too_small(frame, window, pen);
        return;
    }
    let line = |y: u16| Rect { y: window.y + y, height: 1, ..window };
    let columns = usize::from(window.width);
    pen.row(frame, line(0), &header(model, columns));
    pen.row(frame, line(1), &rule(model, columns, None));
    pen.row(frame, line(window.height - 2), &rule(model, columns, model.status.as_deref()));
    pen.row(frame, line(window.height - 1), &footer(model, columns));
    let side = page::sidebar_columns(model);
    let (above, rows) = (page::ROWS_ABOVE, window.height - page::ROWS_ABOVE - page::ROWS_BELOW);
    if side > 0 {
        let area = Rect { y: window.y + above, width: side, height: rows, ..window };
        pen.rows(frame, area, &page::sidebar(model));
    }
    let area = Rect { x: window.x + side, y: window.y + above, width: window.width - side, height: rows };
    sheet(frame, area, model, pen);
}

fn sheet(frame: &mut Frame<'_>, area: Rect, model: &Model, pen: Pen) {
    let room = page::Area::of(area.width, area.height);
    let sheet = page::sheet(model, room);
    let (height, rows) = (sheet.height(room), sheet.rows(room));
    let top = sheet.first(room);
    // The last column is for the marks that there is more above or below, so every row of the body ends before it.
    let body = sheet.head.len()..sheet.head.len() + rows;
    let cut = |(at, row): (usize, Row)| {
        let columns = room.columns.saturating_sub(usize::from(body.contains(&at)));
        match row.drawn_width(pen.script) > columns {
            true => pen.cut(&row, room.columns.saturating_sub(1)),
            false => row,
        }
    };
    let drawn: Vec<Row> = sheet.in_sight(room).into_iter().enumerate().map(cut).collect();
    pen.rows(frame, area, &drawn);
    // Show that there is more to scroll to.
    let below = sheet.body.len().saturating_sub(top + height);
    let from = area.y + u16::try_from(sheet.head.len()).unwrap_or(u16::MAX).min(area.height);
    let to = from + u16::try_from(rows).unwrap_or(0).min(area.height);
    if rows > 1 {
        let edge = area.right().saturating_sub(1);
        let more = [(top > 0, from, pen.script.up()), (below > 0, to.saturating_sub(1), pen.script.down())];
        for (there, y, mark) in more {
            if there && y < area.bottom() {
                pen.row(frame, Rect { x: edge, y, width: 1, height: 1 }, &Row::of(Tone::Faint, mark));
            }
        }
    }
}

fn too_small(frame: &mut Frame<'_>, window: Rect, pen: Pen) {
    let words = format!(
        "This window is {}x{}. last-resort needs {MIN_COLUMNS}x{MIN_ROWS}: make it larger. Ctrl-C quits.",
        window.width, window.height
    );
    let rows: Vec<Row> =
        text::wrap(&words, usize::from(window.width)).into_iter().map(|line| Row::of(Tone::Plain, line)).collect();
    pen.rows(frame, window, &rows);
}

/// Draws rows on the screen.
#[derive(Debug, Clone, Copy)]
struct Pen {
    script: Script,
    palette: Palette,
}

impl Pen {
    /// Draws one row, cut at the edge and marked as cut. Sets the cursor where text is typed.
    fn row(self, frame: &mut Frame<'_>, area: Rect, row: &Row) {
        let columns = usize::from(area.width);
        let row = match row.drawn_width(self.script) > columns {
            true => Cow::Owned(self.cut(row, columns)),
            false => Cow::Borrowed(row),
        };
        let mut x = area.x;
        for piece in &row.pieces {
            let left = area.right().saturating_sub(x);
            if left == 0 {
                break;
            }
            let text = piece.kind.drawn(self.script);
            let (next, _) =
                frame.buffer_mut().set_stringn(x, area.y, &text, usize::from(left), self.palette.style(piece.tone));
            x = next;
        }
        if let Some(cursor) = row.cursor.and_then(|cursor| u16::try_from(cursor).ok()) {
            let last = area.right().saturating_sub(1);
            frame.set_cursor_position(Position { x: area.x.saturating_add(cursor).min(last), y: area.y });
        }
    }

    /// Cuts a row that is too long, and adds the mark for that.
    fn cut(self, row: &Row, columns: usize) -> Row {
        let cut = row.cut(columns.saturating_sub(PieceKind::Dots.width(self.script)), self.script);
        let tone = cut.tone().unwrap_or(Tone::Plain);
        cut.add(tone, PieceKind::Dots)
    }

    /// Draws rows from the top, as many as there is room for.
    fn rows(self, frame: &mut Frame<'_>, area: Rect, rows: &[Row]) {
        for (y, row) in (area.y..area.bottom()).zip(rows) {
            self.row(frame, Rect { y, height: 1, ..area }, row);
        }
    }
}

/// The campus and its environment, in every header. Production must be unmistakable.
fn header(model: &Model, columns: usize) -> Row {
    // In a narrow window the environment matters more than the program's name.
    const NARROW: usize = 60;
    let name = if columns < NARROW && model.practice.is_some() { " " } else { " last-resort  " };
    let mut row = Row::of(Tone::Strong, name);
    if model.practice.is_some() {
        row = row.add(Tone::Picked, " PRACTICE ").add(Tone::Plain, "  ");
    }
    let Some(campus) = &model.campus else { return being_set_up(model, row, columns) };
    let (tone, words) = environment(campus.site.environment);
    let stance = campus.rule_words(model.recipe());
    let code = campus.site.institution.as_str();
    let fixed = row.width() + code.len() + 2 + words.len() + 1;
    let name = if campus.site.name == code { "" } else { campus.site.name.as_str() };
    let name = text::cut(name, columns.saturating_sub(fixed + 1), model.script.dots());
    if !name.is_empty() {
        row = row.add(Tone::Plain, format!("{name} "));
    }
    row = row.add(Tone::Plain, code).add(Tone::Plain, "  ").add(tone, words);
    // The part after the comma is shown elsewhere too, so it may be left out.
    let short = stance.split(',').next().unwrap_or(stance);
    if let Some(words) = [stance, short].into_iter().find(|words| row.width() + words.len() + 3 <= columns) {
        row = row.right(columns - 1, Tone::Faint, words);
    }
    row
}

fn environment(environment: Environment) -> (Tone, &'static str) {
    match environment {
        Environment::Production => (Tone::Alarm, " PRODUCTION "),
        Environment::Sandbox => (Tone::Strong, "SANDBOX"),
    }
}

fn being_set_up(model: &Model, row: Row, columns: usize) -> Row {
    let value = |slot| model.setup.as_ref().map(|setup| setup.draft.get(slot)).unwrap_or_default();
    let code = value(CampusField::Institution);
    if model.board.is_some() {
        return row.add(Tone::Plain, "all campuses");
    }
    if code.is_empty() {
        let choosing = model.setup.as_ref().is_some_and(|setup| !setup.known.is_empty());
        return row.add(Tone::Plain, if choosing { "choose a campus" } else { "set up a campus" });
    }
    let chosen = value(CampusField::Environment);
    let known = [Environment::Sandbox, Environment::Production].into_iter().find(|known| known.as_str() == chosen);
    let (tone, words) = known.map_or((Tone::Plain, ""), environment);
    let row = row.add(Tone::Plain, "set up ");
    let room = columns.saturating_sub(row.width() + code.len() + words.len() + 4);
    let name = text::cut(&value(CampusField::Name), room, model.script.dots());
    let row = if name.is_empty() { row } else { row.add(Tone::Plain, format!("{name} ")) };
    row.add(Tone::Plain, format!("{code}  ")).add(tone, words)
}

/// A line across, with a status in it.
fn rule(model: &Model, columns: usize, words: Option<&str>) -> Row {
    let Some(words) = words else { return Row::of(Tone::Faint, PieceKind::Rule(columns)) };
    let words = format!(" {} ", text::cut(words, columns.saturating_sub(6), model.script.dots()));
    let rest = columns.saturating_sub(2 + text::width(&words));
    Row::of(Tone::Faint, PieceKind::Rule(2)).add(Tone::Strong, words).add(Tone::Faint, PieceKind::Rule(rest))
}

/// Picks the key to leave out first if there is no room for all: the last one in the middle, then the last of all. Enter, the way back
/// and the help stay. Sign-off and undo stay longer than most.
fn dispensable(keys: &[FooterKey]) -> Option<usize> {
    let stays = |of: &FooterKey| of.key == Key::Esc || of.intent == Intent::Help;
    let last = keys.len().checked_sub(1).filter(|last| *last > 1)?;
    let in_the_middle = || (1..last).rev().filter(|at| !stays(&keys[*at]));
    let light = in_the_middle().find(|at| !keys[*at].commits());
    light.or_else(|| Some(last).filter(|last| !stays(&keys[*last]))).or_else(|| in_the_middle().next())
}

/// The label of the help if the footer leaves out keys.
const MORE: &str = "more";

/// The keys that work now. If there is no room for all, the label of the help says that there are more.
fn footer(model: &Model, columns: usize) -> Row {
    const GAP: usize = 3;
    let mut keys = keys::footer(model);
    let over = |keys: &[FooterKey]| -> usize {
        let wide = |of: &FooterKey| text::width(&of.key.name()) + 1 + text::width(&of.words) + GAP;
        (keys.iter().map(wide).sum::<usize>() + 1).saturating_sub(columns + GAP)
    };
    let (whole, short) = keys::ONE_OF_THEM;
    if let (true, Some(of)) = (over(&keys) > 0, keys.iter_mut().find(|of| of.words == whole)) {
        short.clone_into(&mut of.words);
    }
    let call_help = |keys: &mut [FooterKey], words: &str| {
        keys.iter_mut().filter(|of| of.intent == Intent::Help).for_each(|of| words.clone_into(&mut of.words));
    };
    let all = keys.len();
    while let (true, Some(at)) = (over(&keys) > 0, dispensable(&keys)) {
        keys.remove(at);
        call_help(&mut keys, &format!("{MORE} keys"));
    }
    if over(&keys) > 0 && keys.len() < all {
        call_help(&mut keys, MORE);
    }
    // Cut Enter's words, so that the key for the help stays whole.
    let over = over(&keys);
    if let (true, Some(FooterKey { words, .. })) = (over > 0, keys.first_mut()) {
        *words = text::cut(words, text::width(words).saturating_sub(over), model.script.dots());
    }
    let mut row = Row::of(Tone::Plain, " ");
    for (at, FooterKey { key, words, .. }) in keys.iter().enumerate() {
        if at > 0 {
            row = row.add(Tone::Plain, " ".repeat(GAP));
        }
        row = row.add(Tone::Key, key.name()).add(Tone::Plain, format!(" {words}"));
    }
    row
}

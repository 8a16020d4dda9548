//! Draws the whole window.
use super::frame::{self, Pen};
use crate::tui::model::Model;
use crate::tui::page::{self, MIN_COLUMNS, MIN_ROWS};
use crate::tui::row::{Row, Tone};
use crate::tui::text;
use crate::tui::theme::Palette;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the model into a frame.
pub fn draw(frame: &mut Frame<'_>, model: &Model, palette: Palette) {
    let window = frame.area();
    let pen = Pen { script: model.script, palette };
    if page::too_small(window.width, window.height) {
        too_small(frame, window, pen);
        return;
    }
    let line = |y: u16| Rect { y: window.y + y, height: 1, ..window };
    pen.row(frame, line(0), &frame::header(model, usize::from(window.width)));
    pen.row(frame, line(1), &frame::rule(model, usize::from(window.width), None));
    pen.row(frame, line(window.height - 2), &frame::rule(model, usize::from(window.width), model.status.as_deref()));
    pen.row(frame, line(window.height - 1), &frame::footer(model, usize::from(window.width)));
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
    let height = sheet.height(room);
    let top = sheet.first(room);
    pen.rows(frame, area, &sheet.in_sight(room));
    // Show that there is more to scroll to.
    let below = sheet.body.len().saturating_sub(top + height);
    let from = area.y + u16::try_from(sheet.head.len()).unwrap_or(u16::MAX).min(area.height);
    let to = from + u16::try_from(height).unwrap_or(0).min(area.height);
    if height > 1 {
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
        "This window is {}x{}. last-resort needs {MIN_COLUMNS}x{MIN_ROWS}: make it larger. Ctrl-C leaves.",
        window.width, window.height
    );
    let rows: Vec<Row> =
        text::wrap(&words, usize::from(window.width)).into_iter().map(|line| Row::of(Tone::Plain, line)).collect();
    pen.rows(frame, window, &rows);
}

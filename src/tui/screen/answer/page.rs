//! Draws the whole text of a system's answer.
use super::state::AnswerScreen;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text::wrap;

/// How many columns of the answer make a paragraph. A row cuts longer texts.
const PARAGRAPH: usize = 2000;

/// The request, and the text that was answered.
pub(in crate::tui) fn page(_model: &Model, screen: &AnswerScreen, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let asked = Some(&screen.answer.request).filter(|request| !request.is_empty());
    let title = if asked.is_some() { " What was asked and answered" } else { " Nothing was asked" };
    let mut head = vec![Row::of(Tone::Heading, title)];
    head.extend(asked.iter().flat_map(|request| paragraph(Tone::Faint, &format!("asked: {request}"), 1, columns)));
    head.push(Row::blank());
    let parts = wrap(&screen.answer.text, PARAGRAPH);
    let body = parts.iter().flat_map(|part| paragraph(Tone::Plain, part, 1, columns)).collect();
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

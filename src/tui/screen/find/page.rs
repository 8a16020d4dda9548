//! Draws the search.
use super::state::FindScreen;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::field;
use crate::tui::parts::judgement::verdict_mark;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::name_of;
use crate::tui::row::{PieceKind, Row, Tone};
use crate::tui::script::Mark;

/// Column where a value's name stands, beside its step.
const LABEL: usize = 20;

/// The values found so far, and the field for what to look for.
pub(in crate::tui) fn page(model: &Model, screen: &FindScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let found = screen.found(campus);
    let mut step_before = None;
    let mut body: Vec<Row> = Vec::new();
    for (item, (step, finding)) in found.iter().enumerate() {
        let here = item == screen.chosen;
        let standing = campus.standing(*step);
        let (mark, tone) = match standing.read {
            Some(_) if standing.report.is_outdated(finding) => (Mark::Waiting, Tone::Warn),
            Some(_) => verdict_mark(&finding.verdict, finding.weight),
            None => (Mark::Waiting, Tone::Faint),
        };
        let title = if step_before == Some(*step) { "" } else { model.recipe().step(*step).title.as_str() };
        step_before = Some(*step);
        let row = Row::of(Tone::Strong, " ").add(Tone::Strong, PieceKind::pointer(here)).to(3).add(Tone::Faint, title);
        let label = if here { Tone::Strong } else { Tone::Plain };
        body.push(row.to(LABEL - 2).add(tone, mark).to(LABEL).add(label, name_of(finding)).of_item(item));
    }
    if body.is_empty() {
        body.push(Row::of(Tone::Plain, " No value has that in its name, key or text."));
    }
    let start = Row::of(Tone::Plain, " Find").add(Tone::Plain, PieceKind::Colon);
    let room = columns.saturating_sub(start.width()).max(4);
    let foot = vec![Row::rule(columns), field::focused(start, &screen.words, room, model.script.dots())];
    let head = vec![Row::of(Tone::Heading, " Find a value"), Row::blank()];
    Sheet { head, body, top: screen.top, foot, ..Sheet::default() }
}

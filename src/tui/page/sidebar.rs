//! The list of steps beside the screen.
use crate::tui::model::{Model, Screen, StepStatus};
use crate::tui::parts::area::SIDEBAR;
use crate::tui::parts::step::step_mark;
use crate::tui::row::{PieceKind, Row, Tone};
use crate::tui::script::Mark;

/// How many of a step's values are done, of how many. Nothing before it was read.
fn progress(standing: &StepStatus) -> String {
    let (done, all) = standing.report.progress();
    match standing.read {
        Some(_) if all > 0 => format!("{done}/{all}"),
        _ => String::new(),
    }
}

/// The start of a row, with a mark if its step is shown. This is no second pointer: that one is at what the keys act on.
fn here_mark(here: bool) -> Row {
    if here { Row::of(Tone::Strong, " ").add(Tone::Strong, PieceKind::Here) } else { Row::default() }
}

/// Returns one row and item for each step, and one for the summary.
pub fn sidebar(model: &Model) -> Vec<Row> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let at_summary = matches!(model.screen, Screen::Summary(_));
    // One spinner turns here, however many steps are being read: each costs bytes every second.
    let turns =
        campus.steps.iter().find_map(|standing| Some((standing.report.id, campus.reading(standing.report.id)?)));
    let mut rows: Vec<Row> = campus
        .steps
        .iter()
        .enumerate()
        .map(|(item, standing)| {
            let here = !at_summary && standing.report.id == campus.at;
            let (mark, tone) = match turns {
                Some((id, since)) if id == standing.report.id => (Mark::Busy(model.spin(since)), Tone::Plain),
                _ => step_mark(campus, standing),
            };
            let title = if here { Tone::Strong } else { Tone::Plain };
            here_mark(here)
                .to(3)
                .add(tone, mark)
                .add(title, format!(" {}", standing.report.title))
                .right(usize::from(SIDEBAR) - 1, Tone::Faint, &progress(standing))
                .of_item(item)
        })
        .collect();
    rows.push(Row::blank());
    let tone = if at_summary { Tone::Strong } else { Tone::Faint };
    rows.push(here_mark(at_summary).to(5).add(tone, "Summary").of_item(campus.steps.len()));
    rows
}

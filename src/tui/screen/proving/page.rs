//! Draws the progress of a proof.
use super::state::ProvingScreen;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::{judgement, proof};
use crate::tui::row::{Row, Tone, paragraph, wrap_beside};
use crate::tui::watch::WorkState;

/// The newest progress lines.
pub(in crate::tui) fn page(model: &Model, screen: &ProvingScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let what = match screen.watched {
        WorkState::On => format!("Proving {} in {}", proof::title(screen.half), judgement::environment(campus)),
        WorkState::Stopping => format!("Cancelling the test requests in {}", judgement::environment(campus)),
    };
    let mut head = vec![judgement::busy(model, screen.since).add(Tone::Strong, what)];
    let wait = screen.wait(model);
    if area.is_low() {
        // What a small window cannot show in full is at least how long it takes.
        head.extend(paragraph(Tone::Plain, &wait.left, 3, columns));
    } else {
        head.extend(paragraph(Tone::Plain, &wait.words(), 3, columns));
        head.extend(wait.then.iter().flat_map(|then| paragraph(Tone::Faint, then, 3, columns)));
        head.push(Row::blank());
    }
    let mut body = Vec::new();
    for (at, progress) in &screen.told {
        let start = Row::of(Tone::Faint, format!(" {}", model.clock(*at))).to(12);
        body.extend(wrap_beside(start, Tone::Plain, &progress.line(), columns));
    }
    // The newest lines are at the end, so the end is what is shown.
    let top = body.len().saturating_sub(area.rows.saturating_sub(head.len()));
    Sheet { head, body, top, foot: Vec::new(), ..Sheet::default() }
}

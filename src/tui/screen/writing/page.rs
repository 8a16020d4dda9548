//! Draws a running write.
use super::state::{Write, WritingScreen};
use crate::engine::time_limits;
use crate::text::span;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::undo::UndoKind;
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text::count;

/// What is being written, and how long it takes.
pub(in crate::tui) fn page(model: &Model, screen: &WritingScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let what = match &screen.write {
        Write::Apply(_, n) => format!("Writing {} to {}", count(*n, "value"), judgement::environment(campus)),
        Write::Undo(kind) => format!("{} in {}", kind.under_way(), judgement::environment(campus)),
    };
    let mut body = vec![judgement::busy_with(model, screen.since, Tone::Strong, &what), Row::blank()];
    let columns = area.columns.saturating_sub(1);
    let done = match &screen.write {
        Write::Undo(UndoKind::Deletes) => "deleted, and checked to be gone",
        Write::Apply(..) | Write::Undo(UndoKind::PutsBack) => "written, and read back",
    };
    let steps = format!(
        "The record is read again, saved in the journal, {done}. This usually takes a few seconds. If another \
         last-resort is writing for this campus, it first waits at most {} for that one.",
        span(time_limits::LOCK)
    );
    body.extend(paragraph(Tone::Faint, &steps, 3, columns));
    Sheet { head: vec![Row::blank()], body, top: 0, foot: Vec::new(), ..Sheet::default() }
}

//! The hand-off: the same words that `report` writes.
use super::about;
use super::layout::Area;
use super::plain::plain;
use super::plan::about_failure;
use super::sheet::Sheet;
use crate::tui::model::{HandOffScreen, Job, Model};
use crate::tui::row::{Row, Tone, paragraph};

/// The screen.
pub(super) fn sheet(model: &Model, screen: &HandOffScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let mut head = vec![Row::of(Tone::Heading, " Hand-off")];
    let body = match &screen.job {
        Job::Idle => Vec::new(),
        Job::Asked { since, .. } => {
            vec![about::busy_with(model, *since, Tone::Plain, "Reading everything and writing the hand-off")]
        }
        Job::Failed { failure, .. } => about_failure(failure, columns),
        Job::Got { value, .. } => {
            // Nothing here is real, so there is nothing to write a file about.
            if model.practice.is_none() {
                let code = &campus.site.institution;
                let file = format!(
                    "As a page to print: last-resort report --campus {code} --format html > report.html (or md)"
                );
                head.extend(paragraph(Tone::Faint, &file, 1, columns));
            }
            plain(&value.all, columns)
        }
    };
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new() }
}

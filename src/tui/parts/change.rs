//! The heading that a change belongs under.
use crate::engine::plan::Change;
use crate::tui::model::Model;
use crate::tui::parts::section::heading;
use crate::tui::row::Row;
use crate::tui::script::CHEVRON;

/// Adds the heading of a change, unless it is the same as `last`: the tab and the section, because the two tabs share
/// section names.
pub(in crate::tui) fn heading_if_new(model: &Model, change: &Change, last: &mut String, rows: &mut Vec<Row>) {
    let step = change.key.step().map_or("", |step| model.recipe().step(step).title.as_str());
    let title = match model.recipe().group_of(&change.key) {
        Some(group) => format!("{step}{CHEVRON}{}", group.title),
        None => step.to_owned(),
    };
    if title != *last {
        heading(rows, &title);
        *last = title;
    }
}

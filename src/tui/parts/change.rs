//! Where a change belongs.
use crate::engine::plan::Change;
use crate::tui::model::Model;
use crate::tui::script::CHEVRON;

/// The tab and the section of a change. Sections of the two tabs share names, so both are needed.
pub(in crate::tui) fn heading_of(model: &Model, change: &Change) -> String {
    let step = change.key.step().map_or("", |step| model.recipe().step(step).title.as_str());
    match model.recipe().group_of(&change.key) {
        Some(group) => format!("{step}{}{}", CHEVRON, group.title),
        None => step.to_owned(),
    }
}

//! Whose hand enters what only a screen takes: on a campus a person's, out of our sight; in practice also ours, into the embedded
//! Alma and ILLiad, once the person's word stands in the journal.
use crate::engine::judge::Report;
use crate::recipe::{Channel, FieldKey, Group, Recipe};
use crate::sim::Running;
use crate::sim::{HandEntry, NoSuchField};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who enters it.
#[derive(Debug, Clone)]
pub(super) enum ScreenEntry {
    /// A person, and nobody else.
    Theirs,
    /// In practice what a person says or shows is entered here.
    Practice(Arc<Running>),
}

impl ScreenEntry {
    /// Enters what was signed off or shown of a screen. A sign-off taken back changes no screen.
    pub(super) fn follow(&self, fields: &BTreeMap<FieldKey, String>, report: &Report) {
        let Self::Practice(running) = self else { return };
        for group in Recipe::embedded().steps.iter().flat_map(|step| &step.groups) {
            if let Err(nowhere) = entered(running, group, fields, report) {
                tracing::warn!(%nowhere, "not entered in practice");
            }
        }
    }
}

/// Enters the values of a group: the group is the screen, its menus the way there, a label the name of the field.
fn entered(
    running: &Running,
    group: &Group,
    values: &BTreeMap<FieldKey, String>,
    report: &Report,
) -> Result<(), NoSuchField> {
    let screen = || group.fields.iter().filter(|field| field.channel == Channel::Screen);
    let wanted = |key: &FieldKey| report.findings().find(|finding| finding.key == *key)?.want.clone();
    let now: Vec<_> =
        screen().filter_map(|field| Some((field.label.clone(), values.get(&field.key)?.clone()))).collect();
    let card: Vec<_> = screen().filter_map(|field| Some((field.label.clone(), wanted(&field.key)?))).collect();
    if now.is_empty() { Ok(()) } else { running.enter(&HandEntry { path: &group.menu.0, card: &card, now: &now }) }
}

#[cfg(test)]
#[path = "screen_entry_tests.rs"]
mod tests;

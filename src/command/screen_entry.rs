//! Who enters values that have no API. On a real campus a person does, and the program cannot see it. In practice the program enters
//! them into the embedded Alma and ILLiad, once the sign-off or evidence is in the journal.
use crate::engine::judge::Report;
use crate::recipe::{Channel, Field, FieldKey, Group, MenuPath, Recipe};
use crate::sim::Running;
use crate::sim::{HandEntry, NoSuchField};
use crate::site::CampusCode;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who enters the values that only a screen takes.
#[derive(Debug, Clone)]
pub(super) enum ScreenEntry {
    ByPerson,
    /// The program, into this practice world.
    Practice(Arc<Running>),
    /// The program, into the practice world of the campus.
    PracticeFleet(BTreeMap<CampusCode, Arc<Running>>),
}

impl ScreenEntry {
    /// The practice world of a campus. `None` for a real campus.
    pub(super) fn world_of(&self, campus: &CampusCode) -> Option<&Arc<Running>> {
        match self {
            Self::ByPerson => None,
            Self::Practice(running) => Some(running),
            Self::PracticeFleet(fleet) => fleet.get(campus),
        }
    }

    /// In practice, enters the screen values that were signed off or shown. Taking a sign-off back changes no screen.
    pub(super) fn enter(&self, campus: &CampusCode, fields: &BTreeMap<FieldKey, String>, report: &Report) {
        if let Some(running) = self.world_of(campus) {
            enter_by_hand(running, fields, report);
        }
    }
}

/// Enters these values into the screens of a practice world, as a person would.
pub(super) fn enter_by_hand(running: &Running, fields: &BTreeMap<FieldKey, String>, report: &Report) {
    for group in Recipe::embedded().steps.iter().flat_map(|step| &step.groups) {
        if let Err(nowhere) = enter_group(running, group, fields, report) {
            tracing::warn!(%nowhere, "not entered in practice");
        }
    }
}

/// Enters the values of a group into its screen. The group's menu path names the screen, and a field's label names the field.
fn enter_group(
    running: &Running,
    group: &Group,
    values: &BTreeMap<FieldKey, String>,
    report: &Report,
) -> Result<(), NoSuchField> {
    let screen = || group.fields.iter().filter(|field| field.channel == Channel::Screen);
    // The report has the labels and menus as this campus calls them.
    let label = |key: &FieldKey| Some(report.findings().find(|finding| finding.key == *key)?.label.clone());
    let wanted = |key: &FieldKey| report.findings().find(|finding| finding.key == *key)?.want.clone();
    let now: Vec<_> =
        screen().filter_map(|field| Some((label(&field.key)?, values.get(&field.key)?.clone()))).collect();
    let card: Vec<_> = screen().filter_map(|field| Some((label(&field.key)?, wanted(&field.key)?))).collect();
    let place =
        |field: &Field| report.findings().find(|finding| finding.key == field.key).map(|found| found.place.at());
    let path = screen().find_map(place).unwrap_or_default().split(MenuPath::BETWEEN).map(str::to_owned);
    let path: Vec<String> = path.collect();
    if now.is_empty() { Ok(()) } else { running.enter(&HandEntry { path: &path, card: &card, now: &now }) }
}

#[cfg(test)]
#[path = "screen_entry_tests.rs"]
mod tests;

//! The to-do cards: what is to be entered, with exact values and the procedure's headings; nothing that is done already.
use super::scrub::scrubbed;
use super::types::{Row, Standing, Todo, TodoGroup, TodoValue};
use super::wait::{is_done, reasons};
use crate::engine::card::{CardGroup, CardScope, card};
use crate::engine::judge::Snapshot;
use crate::engine::judge::{Report, StepReport};
use crate::engine::render::next_lines;
use crate::recipe::{FieldKey, Recipe};
use crate::site::Site;
use crate::text::clean;

/// One card for each step that is not done.
pub(super) fn todos(recipe: &Recipe, site: &Site, snapshot: &Snapshot, report: &Report, rows: &[Row]) -> Vec<Todo> {
    let open = |step: &&StepReport| !is_done(step.state());
    report.steps.iter().filter(open).map(|step| todo(recipe, site, snapshot, step, rows)).collect()
}

fn todo(recipe: &Recipe, site: &Site, snapshot: &Snapshot, step: &StepReport, rows: &[Row]) -> Todo {
    let is_open = |key: &FieldKey| {
        let row = rows.iter().find(|row| row.key == key.as_str());
        row.is_some_and(|row| !matches!(row.standing, Standing::Same | Standing::Attested))
    };
    let groups = card(recipe, site, snapshot, step.id, CardScope::ScreenOnly).groups.into_iter();
    let mut next: Vec<String> = next_lines(step).iter().map(|hint| scrubbed(site, hint)).collect();
    if next.is_empty() {
        next = reasons(site, step);
    }
    // Entered by hand, the values of a record that is not there yet would make a second, bare one.
    let first = if step.lacks_its_record() { std::mem::take(&mut next) } else { Vec::new() };
    Todo {
        owner: step.owner,
        title: step.title.clone(),
        cite: recipe.step(step.id).cite.clone(),
        first,
        groups: groups.filter_map(|group| part(group, is_open)).collect(),
        next,
    }
}

/// The part of a screen that is to be entered; what to do before and after belongs to a screen that is entered whole.
fn part(group: CardGroup, is_open: impl Fn(&FieldKey) -> bool) -> Option<TodoGroup> {
    let whole = group.values.iter().all(|value| is_open(&value.key));
    let values: Vec<TodoValue> = group
        .values
        .iter()
        .filter(|value| is_open(&value.key))
        .map(|value| TodoValue { label: value.label.clone(), value: clean(&value.value, 400) })
        .collect();
    let (open, close) = if whole { (group.open, group.close) } else { (Vec::new(), Vec::new()) };
    (!values.is_empty()).then_some(TodoGroup { title: group.title, menu: group.menu, open, values, close })
}

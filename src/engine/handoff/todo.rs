//! The to-do cards: exact values to enter under the procedure's headings, leaving out everything already done.
use super::document::DocumentBlock;
use super::row::{EvidenceRow, HandoffInput};
use super::scrub::scrubbed;
use super::ticket::audience;
use super::verdict_kind::VerdictKind;
use super::wait::reasons;
use crate::engine::card::{CardGroup, CardScope, card};
use crate::engine::judge::StepReport;
use crate::engine::render::next_lines;
use crate::recipe::FieldKey;
use crate::text::clean;

/// One card for each step that is not done. `mark` goes before its title.
pub(super) fn cards(input: HandoffInput<'_>, rows: &[EvidenceRow], mark: &str) -> Vec<DocumentBlock> {
    let open = |step: &&StepReport| !step.is_settled();
    let block = |step: &StepReport| DocumentBlock::Card {
        title: format!("{mark}{}", step.title),
        cite: input.recipe.step(step.id).cite.clone(),
        audience: audience(step.owner),
        blocks: blocks(input, step, rows),
    };
    input.report.steps.iter().filter(open).map(block).collect()
}

fn blocks(input: HandoffInput<'_>, step: &StepReport, rows: &[EvidenceRow]) -> Vec<DocumentBlock> {
    let HandoffInput { recipe, site, snapshot, .. } = input;
    let is_open = |key: &FieldKey| {
        let row = rows.iter().find(|row| row.key == key.as_str());
        row.is_some_and(|row| !matches!(row.verdict, VerdictKind::Same | VerdictKind::Attested))
    };
    let groups = card(recipe, site, snapshot, step.id, CardScope::ScreenOnly).groups.into_iter();
    let mut forms: Vec<DocumentBlock> = groups.filter_map(|group| form(group, is_open)).collect();
    let mut items: Vec<String> = next_lines(step).iter().map(|hint| scrubbed(site, hint)).collect();
    if items.is_empty() {
        items = reasons(site, step);
    }
    if items.is_empty() {
        return forms;
    }
    // If the record does not exist yet, entering the form by hand would create a second record, so what creates it comes first. What is
    // entered is signed off last.
    let signs = |hint: &String| hint.starts_with("last-resort attest ");
    let (last, first): (Vec<String>, Vec<String>) =
        items.into_iter().partition(|hint| signs(hint) || !step.lacks_its_record());
    if !first.is_empty() {
        forms.insert(0, DocumentBlock::List { lead: Some("First:"), items: first });
    }
    if !last.is_empty() {
        // "Then" makes no sense at the beginning.
        let lead = if forms.is_empty() { "To do:" } else { "Then:" };
        forms.push(DocumentBlock::List { lead: Some(lead), items: last });
    }
    forms
}

/// The values of a screen that are still to be entered. What to do before and after is included only if the whole
/// screen is to be entered.
fn form(group: CardGroup, is_open: impl Fn(&FieldKey) -> bool) -> Option<DocumentBlock> {
    let whole = group.values.iter().all(|value| is_open(&value.key));
    let open_values = group.values.iter().filter(|value| is_open(&value.key));
    let values: Vec<_> = open_values.map(|value| (value.label.clone(), clean(&value.value, 400))).collect();
    let (open, close) = if whole { (group.open, group.close) } else { (Vec::new(), Vec::new()) };
    (!values.is_empty()).then_some(DocumentBlock::Form { title: group.title, menu: group.menu, open, values, close })
}

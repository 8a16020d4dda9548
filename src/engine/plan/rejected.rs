//! Splits Alma's refusal of a whole record by value. A person must set
//! the values it names; the others were held up by them.
use super::types::{Action, Change, Confirmed, Plan, WriteResult};
use serde_json::Value;
use std::collections::BTreeSet;

/// The result and reason for each change of a plan that Alma refused with these words.
pub fn refusal_reason(plan: &Plan<Confirmed>, words: &str) -> Vec<(Change, WriteResult)> {
    let named = named(plan, words);
    let labels: Vec<&str> =
        plan.due().filter(|change| named.contains(change.at.as_str())).map(|change| change.label.as_str()).collect();
    let held_up = match labels.as_slice() {
        [] => "nothing was written: Alma refused the record without naming any of these values".to_owned(),
        some => format!("nothing was written, because Alma refused another value: {}", some.join(", ")),
    };
    let became = |change: &Change| match (&change.action, named.contains(change.at.as_str())) {
        (Action::ByHand, _) => (change.clone(), WriteResult::ByHand),
        (_, true) => {
            (with_reason(change, "Alma refused this value; a person must set it in Alma"), WriteResult::ByHand)
        }
        (_, false) => (with_reason(change, &held_up), WriteResult::HeldUp),
    };
    plan.changes.iter().map(became).collect()
}

fn with_reason(change: &Change, why: &str) -> Change {
    Change { why: why.to_owned(), ..change.clone() }
}

/// Pointers of the values that the refusal names, by field name or by a long number that we sent. Ordinary words,
/// such as `name` or `status`, are ignored.
fn named<'a>(plan: &'a Plan<Confirmed>, words: &str) -> BTreeSet<&'a str> {
    let said: BTreeSet<&str> = words.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.')).collect();
    let names = |text: &str| text.contains('_') && said.contains(text);
    let is_number = |text: &str| text.len() >= 6 && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let field = |at: &str| at.rsplit('/').next().is_some_and(names);
    let value = |value: &Value| {
        let text = value.get("value").unwrap_or(value).as_str();
        text.is_some_and(|text| is_number(text) && said.contains(text))
    };
    let writes = plan.writes.iter().map(|(at, sent)| (at.as_str(), sent));
    writes.filter(|(at, sent)| field(at) || value(sent)).map(|(at, _)| at).collect()
}

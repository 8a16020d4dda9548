//! Shows the evidence that counts: its source, who gave it, and how old it is.
use super::report::SCHEMA;
use crate::engine::journal::{EvidenceSet, EvidenceSource, ListEvidence, ValueEvidence, age_in_days};
use crate::recipe::Recipe;
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Source, person and time of a piece of evidence.
type Origin<'a> = (&'a EvidenceSource, &'a str, Timestamp);

fn value_origin(value: &ValueEvidence) -> Origin<'_> {
    (&value.source, &value.who, value.when)
}

fn list_origin(list: &ListEvidence) -> Origin<'_> {
    (&list.source, &list.who, list.when)
}

/// A row of the JSON, with its origin at the end.
fn with_origin(mut row: Value, site: &Site, now: Timestamp, (source, who, when): Origin<'_>) -> Value {
    let age_days = age_in_days(when, now);
    let (source, file) = match source {
        EvidenceSource::Pasted => ("pasted", None),
        EvidenceSource::File(name) => ("file", Some(clean(name, 100))),
    };
    row["source"] = json!(source);
    row["file"] = json!(file);
    row["by"] = json!(clean(who, 60));
    row["on"] = json!(when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    row["age_days"] = json!(age_days);
    row["stale"] = json!(age_days > site.evidence_days);
    row
}

/// The output of `evidence list --json`.
pub fn evidence_json(recipe: &Recipe, site: &Site, shown: &EvidenceSet, now: Timestamp) -> Value {
    let value = |value: &ValueEvidence| {
        let label = recipe.field(&value.key).map(|field| field.label.as_str()).unwrap_or_default();
        let row = json!({"key": value.key, "label": label, "got": clean(&value.got, 400)});
        with_origin(row, site, now, value_origin(value))
    };
    let list = |list: &ListEvidence| {
        let words = |rows: &[String]| rows.iter().map(|row| clean(row, 300)).collect::<Vec<_>>();
        let (troubles, neighbours) = (words(&list.beside.troubles), words(&list.beside.neighbours));
        with_origin(
            json!({"list": list.list, "troubles": troubles, "neighbours": neighbours}),
            site,
            now,
            list_origin(list),
        )
    };
    json!({
        "schema": SCHEMA,
        "campus": site.institution,
        "environment": site.environment,
        // Evidence older than this no longer counts.
        "max_age_days": site.evidence_days,
        "values": shown.values.iter().map(value).collect::<Vec<_>>(),
        "lists": shown.lists.iter().map(list).collect::<Vec<_>>(),
    })
}

/// The evidence as plain lines.
pub fn evidence_lines(recipe: &Recipe, site: &Site, shown: &EvidenceSet, now: Timestamp) -> Vec<String> {
    if shown.values.is_empty() && shown.lists.is_empty() {
        return vec![
            format!("Nothing was shown for {} yet.", site.institution),
            format!("  next: last-resort evidence import FILE --campus {}", site.institution),
            format!("  next: last-resort --campus {}, and p on a value pastes it back", site.institution),
        ];
    }
    let mut origins: Vec<Origin<'_>> = Vec::new();
    for origin in shown.values.iter().map(value_origin).chain(shown.lists.iter().map(list_origin)) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins.sort_by_key(|(.., when)| *when);
    origins.into_iter().flat_map(|origin| origin_lines(recipe, site, shown, now, origin)).collect()
}

/// All evidence with the same origin, as plain lines.
fn origin_lines(recipe: &Recipe, site: &Site, shown: &EvidenceSet, now: Timestamp, origin: Origin<'_>) -> Vec<String> {
    let (source, who, when) = origin;
    let age = age_in_days(when, now);
    let age_words = match age {
        0 => "today".to_owned(),
        1 => "1 day old".to_owned(),
        days => format!("{days} days old"),
    };
    let stale = if age > site.evidence_days { "; too old to count, show it again" } else { "" };
    let at = when.strftime("%Y-%m-%d %H:%M UTC");
    let mut lines = vec![format!("{source} by {}, {at}, {age_words}{stale}", clean(who, 60))];
    for field in recipe.fields() {
        let here = |value: &&ValueEvidence| value.key == field.key && value_origin(value) == origin;
        if let Some(value) = shown.values.iter().find(here) {
            let got = if value.got.trim().is_empty() { "(empty)".to_owned() } else { clean(&value.got, 400) };
            lines.push(format!("  {} [{}]: {got}", field.label, field.key));
        }
    }
    for list in shown.lists.iter().filter(|list| list_origin(list) == origin) {
        let title = list.list.title();
        let asked = &list.beside.neighbours;
        lines.extend(asked.iter().map(|row| format!("  {title}, a question: {}", clean(row, 300))));
        match list.beside.troubles.as_slice() {
            [] if !asked.is_empty() => {}
            [] => lines.push(format!("  {title}, other rows: nothing in the way")),
            troubles => {
                lines.extend(troubles.iter().map(|trouble| format!("  {title}, in the way: {}", clean(trouble, 300))));
            }
        }
    }
    lines
}

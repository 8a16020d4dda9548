//! Shows the evidence that counts: its source, who gave it, and how old it is.
use super::report::SCHEMA;
use crate::engine::journal::{
    EvidenceOrigin, EvidenceSource, ExportedList, ListEvidence, ShownValue, ValueEvidence, age_in_days,
};
use crate::engine::judge::{Snapshot, overtaken};
use crate::recipe::{FieldKey, Recipe};
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A row of the JSON, with its origin at the end.
fn with_origin(mut row: Value, site: &Site, now: Timestamp, origin: &EvidenceOrigin) -> Value {
    let age_days = age_in_days(origin.since(), now);
    let (source, file) = match &origin.source {
        EvidenceSource::Pasted => ("pasted", None),
        EvidenceSource::File(name) => ("file", Some(clean(name, 100))),
    };
    let stamp = origin.stamp.as_ref();
    row["source"] = json!(source);
    row["file"] = json!(file);
    row["sha256"] = json!(stamp.map(|stamp| clean(&stamp.sha256, 64)));
    row["modified"] = json!(stamp.and_then(|stamp| stamp.modified).map(second));
    row["by"] = json!(clean(&origin.who, 64));
    row["on"] = json!(second(origin.when));
    row["age_days"] = json!(age_days);
    row["stale"] = json!(age_days > site.evidence_days);
    row
}

fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The output of `evidence list --json`.
pub fn evidence_json(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Value {
    let (shown, now, overtaken) = (&snapshot.journal.evidence, snapshot.at, overtaken(recipe, site, snapshot));
    let value = |value: &ValueEvidence| {
        let label = recipe.field(&value.key).map(|field| field.label_at(recipe, site)).unwrap_or_default();
        let got = value.got.text().map(|got| clean(got, 400));
        let row = json!({"key": value.key, "label": label, "got": got, "overtaken": overtaken.get(&value.key)});
        with_origin(row, site, now, &value.origin)
    };
    let list = |list: &ListEvidence| {
        let words = |rows: &[String]| rows.iter().map(|row| clean(row, 300)).collect::<Vec<_>>();
        let (troubles, neighbours) = (words(&list.beside.troubles), words(&list.beside.neighbours));
        let row = json!({"list": list.list, "troubles": troubles, "neighbours": neighbours});
        with_origin(row, site, now, &list.origin)
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
pub fn evidence_lines(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<String> {
    let shown = &snapshot.journal.evidence;
    if shown.values.is_empty() && shown.lists.is_empty() {
        return vec![
            format!("No evidence for {} yet.", site.institution),
            format!("  next: {}", site.command("evidence import FILE")),
            format!("  next: {}, then p on a value to paste it back", site.command("")),
        ];
    }
    let mut origins: Vec<&EvidenceOrigin> = Vec::new();
    for origin in shown.values.iter().map(|value| &value.origin).chain(shown.lists.iter().map(|list| &list.origin)) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins.sort_by_key(|origin| origin.when);
    let overtaken = overtaken(recipe, site, snapshot);
    origins.into_iter().flat_map(|origin| origin_lines(recipe, site, snapshot, origin, &overtaken)).collect()
}

/// All evidence with the same origin, as plain lines.
fn origin_lines(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    origin: &EvidenceOrigin,
    overtaken: &BTreeMap<FieldKey, String>,
) -> Vec<String> {
    let (shown, now) = (&snapshot.journal.evidence, snapshot.at);
    let age = age_in_days(origin.since(), now);
    let age_words = match age {
        0 => "today".to_owned(),
        1 => "1 day old".to_owned(),
        days => format!("{days} days old"),
    };
    let stale = if age > site.evidence_days { "; too old to count, paste or import it again" } else { "" };
    let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC");
    let at = minute(origin.when);
    let mut lines = vec![format!("{} by {}, {at}, {age_words}{stale}", origin.source, clean(&origin.who, 64))];
    if let Some(stamp) = &origin.stamp {
        let modified = stamp.modified.map_or(String::new(), |at| format!("last changed {}, ", minute(at)));
        lines.push(format!("  the file: {modified}SHA-256 {}", clean(&stamp.sha256, 64)));
    }
    for field in recipe.fields() {
        let here = |value: &&ValueEvidence| value.key == field.key && value.origin == *origin;
        if let Some(value) = shown.values.iter().find(here) {
            let got = match &value.got {
                ShownValue::Text(got) if got.trim().is_empty() => "(empty)".to_owned(),
                ShownValue::Text(got) => clean(got, 400),
                ShownValue::NoRow | ShownValue::UnclearRow | ShownValue::NotUnderstood => {
                    format!("({})", value.got.words())
                }
            };
            lines.push(format!("  {} [{}]: {got}", field.label_at(recipe, site), field.key));
            lines.extend(
                overtaken.get(&field.key).map(|why| format!("    does not count any more: {}", clean(why, 400))),
            );
        }
    }
    for list in shown.lists.iter().filter(|list| list.origin == *origin) {
        let title = list.list.title();
        let asked = &list.beside.neighbours;
        lines.extend(asked.iter().map(|row| format!("  {title}, open question: {}", clean(row, 300))));
        match list.beside.troubles.as_slice() {
            [] if !asked.is_empty() => {}
            [] => lines.push(format!("  {title}, other rows: no problems")),
            troubles => {
                lines.extend(troubles.iter().map(|trouble| format!("  {title}, problem: {}", clean(trouble, 300))));
            }
        }
    }
    lines
}

/// The output of `evidence forget --json`.
pub fn withdrawal_json(site: &Site, fields: &[FieldKey], lists: &[ExportedList]) -> Value {
    json!({
        "schema": SCHEMA,
        "campus": site.institution,
        "environment": site.environment,
        "forgotten": { "values": fields, "lists": lists },
    })
}

/// A withdrawal of evidence as plain lines.
pub fn withdrawal_lines(recipe: &Recipe, site: &Site, fields: &[FieldKey], lists: &[ExportedList]) -> Vec<String> {
    if fields.is_empty() && lists.is_empty() {
        return vec!["There was no such evidence; nothing was changed.".to_owned()];
    }
    let label = |key: &FieldKey| recipe.field(key).map(|field| field.label_at(recipe, site)).unwrap_or_default();
    let values = fields.iter().map(|key| format!("forgotten  {} [{key}]", label(key)));
    values.chain(lists.iter().map(|list| format!("forgotten  {}, other rows", list.title()))).collect()
}

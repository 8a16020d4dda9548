//! Shows the evidence that counts: its source, who gave it, and how old it is.
use super::report::SCHEMA;
use crate::engine::journal::{EvidenceSet, EvidenceSource, ExportedList, ValueEvidence, age_in_days};
use crate::recipe::Recipe;
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde::Serialize;

/// The output of `evidence list --json`.
#[derive(Debug, Serialize)]
pub struct EvidenceJson {
    schema: u32,
    campus: String,
    environment: &'static str,
    /// Evidence older than this no longer counts.
    max_age_days: u32,
    values: Vec<ValueJson>,
    lists: Vec<ListJson>,
}

#[derive(Debug, Serialize)]
struct ValueJson {
    key: String,
    label: String,
    got: String,
    #[serde(flatten)]
    shown: OriginJson,
}

#[derive(Debug, Serialize)]
struct ListJson {
    list: ExportedList,
    troubles: Vec<String>,
    #[serde(flatten)]
    shown: OriginJson,
}

#[derive(Debug, Serialize)]
struct OriginJson {
    source: &'static str,
    file: Option<String>,
    by: String,
    on: String,
    age_days: u32,
    stale: bool,
}

fn origin(site: &Site, now: Timestamp, source: &EvidenceSource, who: &str, when: Timestamp) -> OriginJson {
    let age_days = age_in_days(when, now);
    let (source, file) = match source {
        EvidenceSource::Pasted => ("pasted", None),
        EvidenceSource::File(name) => ("file", Some(clean(name, 100))),
    };
    OriginJson {
        source,
        file,
        by: clean(who, 60),
        on: when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        age_days,
        stale: age_days > site.evidence_days,
    }
}

/// The evidence as JSON.
pub fn evidence_json(recipe: &Recipe, site: &Site, shown: &EvidenceSet, now: Timestamp) -> EvidenceJson {
    EvidenceJson {
        schema: SCHEMA,
        campus: site.institution.to_string(),
        environment: site.environment.as_str(),
        max_age_days: site.evidence_days,
        values: shown
            .values
            .iter()
            .map(|value| ValueJson {
                key: value.key.to_string(),
                label: recipe.field(&value.key).map(|field| field.label.clone()).unwrap_or_default(),
                got: clean(&value.got, 400),
                shown: origin(site, now, &value.source, &value.who, value.when),
            })
            .collect(),
        lists: shown
            .lists
            .iter()
            .map(|list| ListJson {
                list: list.list,
                troubles: list.troubles.iter().map(|trouble| clean(trouble, 300)).collect(),
                shown: origin(site, now, &list.source, &list.who, list.when),
            })
            .collect(),
    }
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
    let values = shown.values.iter().map(|value| (&value.source, value.who.as_str(), value.when));
    let lists = shown.lists.iter().map(|list| (&list.source, list.who.as_str(), list.when));
    for origin in values.chain(lists) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins.sort_by_key(|(.., when)| *when);
    origins.into_iter().flat_map(|origin| origin_lines(recipe, site, shown, now, origin)).collect()
}

/// Source, person and time of a piece of evidence.
type Origin<'a> = (&'a EvidenceSource, &'a str, Timestamp);

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
        let here = |value: &&ValueEvidence| {
            value.key == field.key && (&value.source, value.who.as_str(), value.when) == origin
        };
        if let Some(value) = shown.values.iter().find(here) {
            let got = if value.got.trim().is_empty() { "(empty)".to_owned() } else { clean(&value.got, 400) };
            lines.push(format!("  {} [{}]: {got}", field.label, field.key));
        }
    }
    for list in shown.lists.iter().filter(|list| (&list.source, list.who.as_str(), list.when) == origin) {
        let title = list.list.title();
        match list.troubles.as_slice() {
            [] => lines.push(format!("  {title}, other rows: nothing in the way")),
            troubles => {
                lines.extend(troubles.iter().map(|trouble| format!("  {title}, in the way: {}", clean(trouble, 300))));
            }
        }
    }
    lines
}

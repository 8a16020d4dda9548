//! What was shown and stands, for a person: from where, by whom, how old.
use super::clean::clean;
use super::evidence::{List, Shown, Source, age_in_days};
use crate::recipe::Recipe;
use crate::site::Site;
use jiff::Timestamp;
use serde::Serialize;

/// `evidence list --json`.
#[derive(Debug, Serialize)]
pub struct ExhibitsJson {
    schema: u32,
    campus: String,
    environment: &'static str,
    /// Older evidence asks for renewal.
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
    list: List,
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

fn origin(site: &Site, now: Timestamp, source: &Source, who: &str, when: Timestamp) -> OriginJson {
    let age_days = age_in_days(when, now);
    let (source, file) = match source {
        Source::Pasted => ("pasted", None),
        Source::File(name) => ("file", Some(clean(name, 100))),
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

/// In JSON.
#[must_use]
pub fn exhibits_json(recipe: &Recipe, site: &Site, shown: &Shown, now: Timestamp) -> ExhibitsJson {
    ExhibitsJson {
        schema: super::report::SCHEMA,
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

/// As plain lines.
#[must_use]
pub fn exhibit_lines(recipe: &Recipe, site: &Site, shown: &Shown, now: Timestamp) -> Vec<String> {
    if shown.values.is_empty() && shown.lists.is_empty() {
        return vec![
            format!("Nothing was shown for {} yet.", site.institution),
            format!("  next: last-resort evidence import FILE --campus {}", site.institution),
            format!("  next: last-resort --campus {}, and p on a value pastes it back", site.institution),
        ];
    }
    let told = |source: &Source, who: &str, when: Timestamp| {
        let age = age_in_days(when, now);
        let age_words = match age {
            0 => "today".to_owned(),
            1 => "1 day old".to_owned(),
            days => format!("{days} days old"),
        };
        let stale = if age > site.evidence_days { ", too old to count" } else { "" };
        format!("{source} by {}, {}, {age_words}{stale}", clean(who, 60), when.strftime("%Y-%m-%d %H:%M UTC"))
    };
    let values = shown.values.iter().flat_map(|value| {
        let label = recipe.field(&value.key).map_or("", |field| field.label.as_str());
        let got = if value.got.trim().is_empty() { "(empty)".to_owned() } else { clean(&value.got, 400) };
        [format!("{label} [{}]: {got}", value.key), format!("    {}", told(&value.source, &value.who, value.when))]
    });
    let lists = shown.lists.iter().flat_map(|list| {
        let troubles = if list.troubles.is_empty() {
            vec!["    nothing in the way".to_owned()]
        } else {
            list.troubles.iter().map(|trouble| format!("    in the way: {}", clean(trouble, 300))).collect()
        };
        let head =
            [format!("{}, whole", list.list.title()), format!("    {}", told(&list.source, &list.who, list.when))];
        head.into_iter().chain(troubles)
    });
    values.chain(lists).collect()
}

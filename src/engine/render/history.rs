//! Shows the history of a campus as plain lines and as JSON.
use super::details::Details;
use super::report::SCHEMA;
use crate::engine::journal::{EvidenceSource, HistoryItem, HistoryKind, KnownVerdict, Purpose, Verb, WriteOutcome};
use crate::recipe::FieldKey;
use crate::site::{CampusCode, Stance};
use crate::text::clean;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The output of `history --json` for one campus. Each item becomes JSON only when it is written.
#[derive(Debug, Serialize)]
pub struct HistoryJson<'a> {
    schema: u32,
    campus: &'a CampusCode,
    #[serde(serialize_with = "each")]
    history: &'a [HistoryItem],
}

/// The history of a campus, for `history --json`.
pub fn history_json<'a>(campus: &'a CampusCode, history: &'a [HistoryItem]) -> HistoryJson<'a> {
    HistoryJson { schema: SCHEMA, campus, history }
}

fn each<S: Serializer>(items: &&[HistoryItem], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(items.iter().map(item_json))
}

fn item_json(item: &HistoryItem) -> Value {
    let mut row = json!({
        "at": item.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "environment": item.environment,
        "what": word(&item.what),
        "keys": item.keys,
        "by": item.by.as_deref().map(|by| clean(by, 64)),
    });
    match &item.what {
        HistoryKind::Changed { from, to } => {
            row["key"] = json!(item.keys.first());
            row["from"] = json!(from.verdict);
            row["to"] = json!(to.verdict);
            row["got_before"] = json!(from.got.as_deref().map(|got| clean(got, 400)));
            row["got"] = json!(to.got.as_deref().map(|got| clean(got, 400)));
        }
        HistoryKind::Wrote { outcome, .. } => row["outcome"] = json!(outcome_word(outcome.as_ref())),
        HistoryKind::SignedOff { note } => row["note"] = json!(note.as_deref().map(|note| clean(note, 400))),
        HistoryKind::Shown(source) => row["source"] = json!(source.to_string()),
        HistoryKind::Proved { status, .. } => row["outcome"] = json!(status.as_str()),
        HistoryKind::KeyReplaced { slot, failed } => {
            row["slot"] = json!(slot.as_str());
            row["outcome"] = json!(if failed.is_some() { "failed" } else { "done" });
        }
        HistoryKind::KeysForgotten(slots) => {
            row["slots"] = json!(slots.iter().map(|slot| slot.as_str()).collect::<Vec<_>>())
        }
        HistoryKind::SignOffWithdrawn | HistoryKind::EvidenceWithdrawn | HistoryKind::StanceSet(_) => {}
    }
    row
}

/// The word for what happened, in JSON.
fn word(what: &HistoryKind) -> &'static str {
    match what {
        HistoryKind::Changed { .. } => "changed",
        HistoryKind::Wrote { purpose: Purpose::Apply, .. } => "applied",
        HistoryKind::Wrote { purpose: Purpose::Undo(_), .. } => "undone",
        HistoryKind::Wrote { purpose: Purpose::Rotate, .. } => "key_written",
        HistoryKind::SignedOff { .. } => "signed_off",
        HistoryKind::SignOffWithdrawn => "sign_off_withdrawn",
        HistoryKind::Shown(EvidenceSource::Pasted) => "pasted",
        HistoryKind::Shown(EvidenceSource::File(_)) => "imported",
        HistoryKind::EvidenceWithdrawn => "evidence_withdrawn",
        HistoryKind::Proved { .. } => "proved",
        HistoryKind::StanceSet(Stance::Live) => "went_live",
        HistoryKind::StanceSet(Stance::Ahead) => "set_back",
        HistoryKind::KeysForgotten(_) => "keys_forgotten",
        HistoryKind::KeyReplaced { .. } => "key_replaced",
    }
}

fn outcome_word(outcome: Option<&WriteOutcome>) -> &'static str {
    match outcome {
        Some(WriteOutcome::Done(_)) => "done",
        Some(WriteOutcome::Refused(_)) => "refused",
        Some(WriteOutcome::NotSeen(_)) => "not_seen",
        Some(WriteOutcome::Unknown(_)) | None => "unknown",
    }
}

/// The history as plain lines, oldest first. Values that one check found changed alike share a line, unless the details are shown.
pub fn history_lines(items: &[HistoryItem], details: Details) -> Vec<String> {
    let together = |one: &HistoryItem, next: &HistoryItem| details == Details::Folded && is_alike(one, next);
    let mut lines: Vec<String> = items
        .chunk_by(together)
        .filter_map(|items| {
            let keys: Vec<&FieldKey> = items.iter().flat_map(|item| &item.keys).collect();
            let changes: Vec<(&KnownVerdict, &KnownVerdict)> = items.iter().filter_map(change).collect();
            items.first().map(|first| line(first, &keys, &change_words(&changes)))
        })
        .collect();
    if lines.len() < items.len() {
        lines.push("With -v, every value has a line of its own.".to_owned());
    }
    lines
}

/// The verdicts before and after, of a change that a check found.
fn change(item: &HistoryItem) -> Option<(&KnownVerdict, &KnownVerdict)> {
    match &item.what {
        HistoryKind::Changed { from, to } => Some((from, to)),
        _ => None,
    }
}

/// Whether one check found two values changed for the same cause.
fn is_alike(one: &HistoryItem, next: &HistoryItem) -> bool {
    let cause = |item| change(item).and_then(shared_cause);
    (one.at, one.environment, &one.by) == (next.at, next.environment, &next.by)
        && cause(one).is_some_and(|words| cause(next) == Some(words))
}

/// What changed values have in common. Values that cannot be read, or can again, have one cause, whatever they were before. `None` if the
/// value that was found is to be told.
pub(super) fn shared_cause((from, to): (&KnownVerdict, &KnownVerdict)) -> Option<String> {
    match (from.verdict.as_str(), to.verdict.as_str()) {
        (_, "unread") => Some("now unread".to_owned()),
        ("differs", _) | (_, "differs") => None,
        ("unread", _) => Some("read again".to_owned()),
        _ => Some(format!("{} -> {}", known(from), known(to))),
    }
}

/// How values changed: from what to what, or else what their changes have in common.
pub(super) fn change_words(changes: &[(&KnownVerdict, &KnownVerdict)]) -> String {
    let pair = |(from, to): &(&KnownVerdict, &KnownVerdict)| format!("{} -> {}", known(from), known(to));
    let Some((first, rest)) = changes.split_first() else { return String::new() };
    let alike = rest.iter().all(|change| pair(change) == pair(first));
    shared_cause(*first).filter(|_| !alike).unwrap_or_else(|| pair(first))
}

fn line(item: &HistoryItem, named: &[&FieldKey], changed: &str) -> String {
    let by = item.by.as_deref().map(|by| format!(", by {}", clean(by, 64))).unwrap_or_default();
    let words = match &item.what {
        HistoryKind::Changed { .. } => format!("{}: {changed}", few_keys(named)),
        HistoryKind::Wrote { verb, purpose, outcome } => {
            let what = match (purpose, verb) {
                (Purpose::Apply, Verb::Create) => "apply created the partner",
                (Purpose::Apply, _) => "apply changed the partner",
                (Purpose::Undo(_), Verb::Delete) => "undo deleted the partner",
                (Purpose::Undo(_), _) => "undo restored the partner",
                (Purpose::Rotate, _) => "keys rotate changed the export key",
            };
            let outcome = match outcome_word(outcome.as_ref()) {
                "done" => "",
                "refused" => " (Alma refused it)",
                "not_seen" => " (Alma did not show it)",
                _ => " (the outcome is unknown)",
            };
            match named {
                [] => format!("{what}{outcome}"),
                named => format!("{what}{outcome}: {}", few_keys(named)),
            }
        }
        HistoryKind::SignedOff { note: None } => format!("signed off: {}", few_keys(named)),
        HistoryKind::SignedOff { note: Some(note) } => {
            format!("signed off: {} ({})", few_keys(named), clean(note, 200))
        }
        HistoryKind::SignOffWithdrawn => format!("sign-off withdrawn: {}", few_keys(named)),
        HistoryKind::Shown(EvidenceSource::Pasted) => format!("pasted: {}", few_keys(named)),
        HistoryKind::Shown(source) => format!("imported {source}: {}", few_keys(named)),
        HistoryKind::EvidenceWithdrawn => format!("evidence withdrawn: {}", few_keys(named)),
        HistoryKind::Proved { status, words } => format!("proof {}: {}", status.as_str(), clean(words, 200)),
        HistoryKind::StanceSet(Stance::Live) => "went live".to_owned(),
        HistoryKind::StanceSet(Stance::Ahead) => "set back to ahead".to_owned(),
        HistoryKind::KeysForgotten(slots) => {
            let slots: Vec<&str> = slots.iter().map(|slot| slot.as_str()).collect();
            format!("keys removed here: {}", slots.join(", "))
        }
        HistoryKind::KeyReplaced { slot, failed: None } => format!("the {} key was replaced", slot.as_str()),
        HistoryKind::KeyReplaced { slot, failed: Some(why) } => {
            format!("the {} key was not replaced: {}", slot.as_str(), clean(why, 200))
        }
    };
    format!("{}  {:<10}  {words}{by}", minute(item.at), item.environment.as_str())
}

fn known(verdict: &KnownVerdict) -> String {
    match verdict.got.as_deref().filter(|_| verdict.verdict == "differs") {
        Some(got) => format!("differs ({})", clean(got, 120)),
        None => verdict.word().to_owned(),
    }
}

/// The fields, shortened: a whole list of them is in the JSON.
pub(super) fn few_keys(keys: &[&FieldKey]) -> String {
    const MOST: usize = 4;
    let named: Vec<&str> = keys.iter().take(MOST).map(|key| key.as_str()).collect();
    match keys.len() {
        0..=MOST => named.join(", "),
        many => format!("{} and {} more", named.join(", "), many - MOST),
    }
}

pub(super) fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::{JournalEntry, JournalEvent, history};
    use crate::recipe::KeySlot;
    use crate::site::Environment;

    #[test]
    fn keys_that_were_removed_are_told() {
        let entry = JournalEvent::KeysForgotten {
            slots: vec![KeySlot::Alma, KeySlot::Illiad],
            environment: Environment::Sandbox,
        };
        let line = JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry };
        let items = history([Ok::<_, ()>(line)], &[], |_| true).expect("read");
        assert_eq!(
            history_lines(&items, Details::Folded),
            ["1970-01-01 00:00 UTC  sandbox     keys removed here: alma, illiad, by ada"]
        );
        assert_eq!(item_json(&items[0])["what"], "keys_forgotten");
    }
}

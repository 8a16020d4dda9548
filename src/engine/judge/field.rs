//! Judges one field: by the record, by evidence, or by a sign-off.
use super::access::{holds_a_key, holds_the_export_key, not_looked_up, readable};
use super::compare::{Comparison, compare};
use super::overtaken::{overtaken_evidence, overtaken_sign_off};
use super::proof;
use super::snapshot::Snapshot;
use super::verdict::{Contradiction, Evidence, FieldPlace, Finding, Verdict, Weight};
use super::wanted::{WantedValue, agreed_difference, wanted};
use crate::engine::journal::{EvidenceOrigin, EvidenceSource, ShownValue, SignOff, Verb, age_in_days};
use crate::engine::lint::{FieldRole, PasteComparison, held};
use crate::engine::observed::{ExportKey, Observation, PartnerRecord, UnreadKind, UnreadReason};
use crate::recipe::{Channel, Field, Group, KeySlot, Pointer, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde_json::Value;

pub(crate) fn finding(recipe: &Recipe, site: &Site, snapshot: &Snapshot, group: &Group, field: &Field) -> Finding {
    let wanted = wanted(recipe, site, &snapshot.alma, field);
    let key_words = snapshot.keys.export_key.got().map(|(_, key)| key.described());
    let want = wanted.words(key_words.as_deref());
    let (got, verdict) = match &field.channel {
        Channel::Screen => by_evidence(site, snapshot, field, want.as_deref()),
        Channel::Api { pointer, .. } => match readable(site, snapshot) {
            Err(unread) => (None, Verdict::Unread(unread)),
            Ok(None) => (None, Verdict::Absent),
            Ok(Some(record)) => match (&wanted, in_the_way(&record.body, pointer)) {
                (_, Some(at)) => (None, not_comparable(format!("Alma's record has something unexpected at {at}"))),
                (WantedValue::Secret(_), None) => export_key(site, snapshot, field, record, want.as_deref()),
                (_, None) => by_record(site, snapshot, field, &wanted, record, pointer.as_str()),
            },
        },
    };
    let place = match &field.channel {
        Channel::Api { pointer, .. } => FieldPlace::Api(pointer.as_str().to_owned()),
        Channel::Screen => FieldPlace::Screen(group.at(recipe, site).menu.to_string()),
    };
    let hint = hint(site, snapshot, field, &verdict);
    let origin = match verdict.evidence() {
        Some(Evidence::Imported) => snapshot.journal.evidence.value(&field.key).map(|shown| shown.origin.clone()),
        _ => None,
    };
    let when = match verdict.evidence() {
        Some(Evidence::Imported) => origin.as_ref().map(|origin| origin.when),
        Some(Evidence::Proved) => proof::of_chain(snapshot),
        Some(Evidence::Read | Evidence::Attested) | None => None,
    };
    Finding {
        key: field.key.clone(),
        label: field.label_at(recipe, site),
        group: group.title.clone(),
        want,
        got,
        verdict,
        when,
        origin,
        weight: Weight::Counts,
        agreed: agreed_difference(recipe, site, &snapshot.alma, field),
        place,
        why: field.why.clone(),
        hint,
    }
}

/// A hint as it can be typed: a command that writes needs the campus code once more.
pub(crate) fn with_consent(hint: &str) -> String {
    match hint.split_once(" --campus ") {
        Some((command, campus)) if command.starts_with("last-resort apply ") => format!("{hint} --confirm {campus}"),
        _ => hint.to_owned(),
    }
}

fn hint(site: &Site, snapshot: &Snapshot, field: &Field, verdict: &Verdict) -> Option<String> {
    match (verdict, field.key.step()) {
        (Verdict::Differs(_) | Verdict::Absent, Some(step)) => Some(match field.channel {
            Channel::Api { .. } => site.command(&format!("apply {step}")),
            Channel::Screen => site.command(&format!("--step {step}")),
        }),
        (Verdict::Contradicted(against), Some(step)) => Some(show_again(site, step, &against.origin.source)),
        // Evidence that is too old is shown again in the same way as before.
        (Verdict::Waiting(_), Some(step)) => {
            Some(match snapshot.journal.evidence.value(&field.key).map(|shown| &shown.origin.source) {
                Some(source) => show_again(site, step, source),
                None => site.command(&format!("attest {}", field.key)),
            })
        }
        (Verdict::Unread(unread), _) => Some(unread.next.clone()),
        _ => None,
    }
}

/// How to show a value again, in the same way as before.
fn show_again(site: &Site, step: StepId, source: &EvidenceSource) -> String {
    match source {
        EvidenceSource::File(_) => site.command("evidence import FILE"),
        EvidenceSource::Pasted => site.command(&format!("--step {step}")),
    }
}

fn by_record(
    site: &Site,
    snapshot: &Snapshot,
    field: &Field,
    wanted: &WantedValue,
    record: &PartnerRecord,
    pointer: &str,
) -> (Option<String>, Verdict) {
    let there = record.body.pointer(pointer);
    // Somebody pasted the key into the wrong field.
    if there.is_some_and(|value| holds_the_export_key(snapshot, record, value)) {
        return (Some("(the export key is in this field)".to_owned()), Verdict::Differs(Evidence::Read));
    }
    if there.is_some_and(|value| holds_a_key(snapshot, record, value)) {
        return (Some("(a key is in this field)".to_owned()), Verdict::Differs(Evidence::Read));
    }
    match compare(wanted, there) {
        (got, Comparison::Same) => (got, Verdict::Same(Evidence::Read)),
        (got, Comparison::Differs) => (got, Verdict::Differs(Evidence::Read)),
        (got, Comparison::Unjudged(why)) => (got, not_comparable(why)),
        (got, Comparison::Asked(question)) => match by_sign_off(site, snapshot, field, wanted.words(None).as_deref()).1
        {
            Verdict::Attested(said) => (got, Verdict::Attested(said)),
            _ => (got, Verdict::Waiting(question)),
        },
    }
}

fn not_comparable(why: String) -> Verdict {
    Verdict::Unread(UnreadReason::new(UnreadKind::Nonsense, why, "check this field on Alma's partner screen"))
}

/// The first place on the way to `pointer` that holds something other
/// than an object. Nothing below it can be read, and setting a value there would lose what it holds.
pub(crate) fn in_the_way(body: &Value, pointer: &Pointer) -> Option<String> {
    let mut at = body;
    let mut way = String::new();
    for part in pointer.parts() {
        match at {
            Value::Object(members) => at = members.get(part).unwrap_or(&Value::Null),
            Value::Null => return None,
            _ => return Some(way),
        }
        way = format!("{way}/{part}");
    }
    None
}

/// Judges a screen field by its evidence. A sign-off never erases evidence: one that was given although fresh evidence
/// showed another value stays contradicted until newer evidence agrees. Evidence that is too old, or from
/// when something else was wanted, leaves the decision to a sign-off.
fn by_evidence(site: &Site, snapshot: &Snapshot, field: &Field, want: Option<&str>) -> (Option<String>, Verdict) {
    let word = by_sign_off(site, snapshot, field, want);
    let Some(shown) = snapshot.journal.evidence.value(&field.key) else { return word };
    if let Some(why) = overtaken_evidence(snapshot, field, want, shown) {
        return if word.1.sign_off().is_some() { word } else { (None, Verdict::Waiting(why)) };
    }
    let origin = &shown.origin;
    let age = age_in_days(origin.since(), snapshot.at);
    let is_fresh = age <= site.evidence_days;
    let same = shown.got.text().is_some_and(|got| agrees(field, want, got));
    // The first sign-off decides: giving it again when the evidence is old does not end a contradiction.
    let was_fresh = |signed: Timestamp| age_in_days(origin.since(), signed) <= site.evidence_days;
    let said = word.1.sign_off();
    let said_since = said.filter(|said| said.when > origin.when);
    match said_since {
        None if is_fresh && shown.got.text().is_none() => (None, Verdict::Waiting(what_is_it(&shown.got, origin))),
        Some(_) if shown.got.is_unclear() => word,
        _ if let Some(unclear) = shown.unclear.as_ref().filter(|_| is_fresh && same) => match said {
            Some(said) if said.when > unclear.origin.when => word,
            _ => (None, Verdict::Waiting(what_is_it(&unclear.got, &unclear.origin))),
        },
        _ if is_fresh && same => (want.map(str::to_owned), Verdict::Same(Evidence::Imported)),
        Some(said) if !same && was_fresh(shown.signed_since.first().map_or(said.when, |first| first.when)) => {
            let (sign_off, got) = (said.clone(), clean(shown.got.words(), 400));
            (word.0, Verdict::Contradicted(Contradiction { sign_off, got, origin: origin.clone() }))
        }
        // The evidence was too old already when this was signed off.
        Some(_) => word,
        None if is_fresh => (shown.got.text().map(|got| clean(got, 400)), Verdict::Differs(Evidence::Imported)),
        None if same && said.is_some() => word,
        None => {
            let what = if same { "" } else { "was not as wanted and " };
            let why = format!(
                "the evidence by {} ({}) {what}is {age} days old; paste or import it again",
                origin.who, origin.source
            );
            (None, Verdict::Waiting(why))
        }
    }
}

/// The question that a list raises from which nobody can tell what the value is.
fn what_is_it(got: &ShownValue, origin: &EvidenceOrigin) -> String {
    let list = origin.words();
    match got {
        ShownValue::NoRow => {
            format!("the list {list}, has no such row: is it there now? Import the list again, or check the screen")
        }
        ShownValue::NotUnderstood => format!(
            "the list {list}, has a value here that is not understood: is it the one wanted? Export the list in English and import \
             it again, or check the screen"
        ),
        ShownValue::Text(_) | ShownValue::UnclearRow => {
            format!("the list {list}, does not show for sure which row is ours; import it again, or check the screen")
        }
    }
}

fn agrees(field: &Field, want: Option<&str>, got: &str) -> bool {
    want.is_some_and(|want| held(FieldRole::of(&field.key), want, got) == PasteComparison::Same)
}

/// Judges a screen field by its sign-off, if that was given for the value wanted today.
fn by_sign_off(site: &Site, snapshot: &Snapshot, field: &Field, want: Option<&str>) -> (Option<String>, Verdict) {
    if field.key.step() == Some(StepId::Partner) && snapshot.alma.partner == Observation::NotThere {
        return (None, Verdict::Waiting("sign off once the partner is in Alma".to_owned()));
    }
    match snapshot.journal.sign_offs.iter().find(|said| said.key == field.key) {
        Some(said) if Some(said.want.as_str()) == want => match no_longer(site, snapshot, field, said) {
            Some(why) => (None, Verdict::Waiting(why)),
            None => (Some(said.want.clone()), Verdict::Attested(said.clone())),
        },
        Some(said) => {
            let why = format!("signed off by {} for \"{}\", which is no longer the wanted value", said.who, said.want);
            (None, Verdict::Waiting(why))
        }
        None => (None, Verdict::Waiting(why_no_sign_off(snapshot, field))),
    }
}

/// Why a sign-off for the value wanted no longer counts. `None` if it does.
fn no_longer(site: &Site, snapshot: &Snapshot, field: &Field, said: &SignOff) -> Option<String> {
    let who = clean(&said.who, 60);
    let age = age_in_days(said.when, snapshot.at);
    if age > site.word_days {
        let on = said.when.strftime("%Y-%m-%d");
        return Some(format!("signed off by {who} on {on}, {age} days ago; check again, then sign it off again"));
    }
    if let Some(why) = overtaken_sign_off(snapshot, field, said) {
        return Some(why);
    }
    let against = |got: &ShownValue| match got {
        ShownValue::Text(got) => !agrees(field, Some(&said.want), got),
        ShownValue::NoRow => true,
        ShownValue::UnclearRow | ShownValue::NotUnderstood => false,
    };
    let against = snapshot.journal.evidence.withdrawn.iter().find(|withdrawn| {
        let earlier = withdrawn.earlier.iter().any(|before| before.until > said.when && against(&before.got));
        withdrawn.value.key == field.key && withdrawn.when > said.when && (earlier || against(&withdrawn.value.got))
    })?;
    Some(format!(
        "the evidence against the sign-off by {who} was withdrawn by {}; check again, then sign it off again",
        clean(&against.who, 60)
    ))
}

/// Why there is no sign-off, for somebody who may remember giving one.
fn why_no_sign_off(snapshot: &Snapshot, field: &Field) -> String {
    if let Some(ahead) = snapshot.journal.ahead.iter().rfind(|ahead| ahead.keys.contains(&field.key)) {
        return format!("{}; check the clock, then check the value again", ahead.words());
    }
    let Some(voided) = snapshot.journal.voided_sign_offs.iter().find(|voided| voided.key == field.key) else {
        return "not signed off yet (no API)".to_owned();
    };
    let since = match voided.by {
        Verb::Delete => "the partner was deleted since then",
        Verb::Create | Verb::Replace => "the partner was created again since then",
    };
    format!("the sign-off by {} is void: {since}; check again, then sign it off again", clean(&voided.who, 60))
}

fn not_stored(ours: &Observation<(KeySlot, ApiKey)>) -> String {
    ours.unread().map_or_else(|| "no export key is stored here to compare with".to_owned(), in_words)
}

fn in_words(why: &UnreadReason) -> String {
    not_looked_up(why).with_next()
}

/// A sign-off of the export key, which counts for the key that was meant only.
fn of_key(got: Option<String>, said: SignOff, ours: Option<&ApiKey>) -> (Option<String>, Verdict) {
    if ours.is_some_and(|key| said.may_mean(key)) {
        return (got, Verdict::Attested(said));
    }
    let who = clean(&said.who, 60);
    let why = format!("{who} signed off another key that looks alike; check again, then sign it off again");
    (None, Verdict::Waiting(why))
}

/// Our own write of this key, which counts as a sign-off. `None` if the last write was of another key, or there was none.
fn our_write(snapshot: &Snapshot, field: &Field, key: &ApiKey, want: Option<&str>) -> Option<SignOff> {
    let written = snapshot.journal.key_write.as_ref().filter(|written| written.fingerprint == key.fingerprint())?;
    Some(SignOff {
        key: field.key.clone(),
        want: want.unwrap_or_default().to_owned(),
        who: written.who.clone(),
        when: written.when,
        note: Some("set by our own write".to_owned()),
        export_key: Some(written.fingerprint.clone()),
    })
}

/// Judges the export key. It is read where Alma shows it; otherwise a proof, our
/// own journal entry or a sign-off decides (CONTRACT.md, "Words").
pub(crate) fn export_key(
    site: &Site,
    snapshot: &Snapshot,
    field: &Field,
    record: &PartnerRecord,
    want: Option<&str>,
) -> (Option<String>, Verdict) {
    let ours = snapshot.keys.export_key.got().map(|(_, key)| key);
    match (&record.key, ours) {
        (ExportKey::Clear(there), Some(ours)) => {
            if there.same_as(ours) {
                return (Some(there.described()), Verdict::Same(Evidence::Read));
            }
            let words = there.described();
            // The descriptions of two different keys can be equal, which would hide the difference.
            let got = if words == ours.described() { format!("another key, {words}") } else { words };
            (Some(got), Verdict::Differs(Evidence::Read))
        }
        (ExportKey::Clear(there), None) => {
            let got = Some(there.described());
            match by_sign_off(site, snapshot, field, got.as_deref()).1 {
                Verdict::Attested(said) if said.may_mean(there) => (got, Verdict::Attested(said)),
                _ => (got, Verdict::Waiting(not_stored(&snapshot.keys.export_key))),
            }
        }
        (ExportKey::Masked(mask), Some(ours)) if !mask.may_hide(ours) => {
            let why = "what Alma shows of its masked key does not fit the key stored here; find out which is right, then write the stored \
                       one (keys rotate --slot export) or store the one in Alma (keys set --slot export)";
            (Some(mask.described()), Verdict::Waiting(why.to_owned()))
        }
        (ExportKey::Masked(_) | ExportKey::Hidden, Some(ours))
            if proof::proves_key(site, snapshot, &ours.fingerprint()) =>
        {
            (want.map(str::to_owned), Verdict::Same(Evidence::Proved))
        }
        (ExportKey::Masked(_) | ExportKey::Hidden, ours) => {
            if let Some(said) = ours.and_then(|key| our_write(snapshot, field, key, want)) {
                return (want.map(str::to_owned), Verdict::Attested(said));
            }
            if let (got, Verdict::Attested(said)) = by_sign_off(site, snapshot, field, want) {
                return of_key(got, said, ours);
            }
            let why = match (&snapshot.keys.export_key, &record.key) {
                (Observation::Unread(why), _) => in_words(why),
                (_, ExportKey::Masked(_)) => "Alma shows the key masked, so it cannot be compared".to_owned(),
                _ => "Alma does not show the key, so it cannot be compared".to_owned(),
            };
            (None, Verdict::Waiting(why))
        }
    }
}

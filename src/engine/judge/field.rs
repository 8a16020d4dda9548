//! Judges one field: by the record, by evidence, or by a sign-off.
use super::access::{holds_a_key, holds_the_export_key, not_looked_up, readable};
use super::compare::{Comparison, compare};
use super::proof;
use super::snapshot::Snapshot;
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use super::wanted::{WantedValue, wanted};
use crate::engine::journal::{EvidenceSource, SignOff, Verb, age_in_days};
use crate::engine::lint::{FieldRole, PasteComparison, held};
use crate::engine::observed::{ExportKey, Observation, PartnerRecord, UnreadKind, UnreadReason};
use crate::recipe::{Channel, Field, Group, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::Site;
use crate::text::clean;

pub(crate) fn finding(recipe: &Recipe, site: &Site, snapshot: &Snapshot, group: &Group, field: &Field) -> Finding {
    let wanted = wanted(recipe, site, &snapshot.alma, field);
    let key_words = snapshot.keys.export_key.got().map(|(_, key)| key.described());
    let want = wanted.words(key_words.as_deref());
    let (got, verdict) = match &field.channel {
        Channel::Screen => by_evidence(site, snapshot, field, want.as_deref()),
        Channel::Api { pointer, .. } => match readable(site, snapshot) {
            Err(unread) => (None, Verdict::Unread(unread)),
            Ok(None) => (None, Verdict::Absent),
            Ok(Some(record)) => match &wanted {
                WantedValue::Secret(_) => export_key(site, snapshot, field, record, want.as_deref()),
                _ => by_record(snapshot, &wanted, record, pointer.as_str()),
            },
        },
    };
    let place = match &field.channel {
        Channel::Api { pointer, .. } => FieldPlace::Api(pointer.as_str().to_owned()),
        Channel::Screen => FieldPlace::Screen(group.menu.to_string()),
    };
    let hint = hint(site, snapshot, field, &verdict);
    let when = match verdict.evidence() {
        Some(Evidence::Imported) => snapshot.journal.evidence.value(&field.key).map(|shown| shown.when),
        Some(Evidence::Proved) => proof::of_chain(snapshot),
        Some(Evidence::Read | Evidence::Attested) | None => None,
    };
    Finding {
        key: field.key.clone(),
        label: field.label.clone(),
        group: group.title.clone(),
        want,
        got,
        verdict,
        when,
        weight: Weight::Counts,
        place,
        why: field.why.clone(),
        hint,
    }
}

fn hint(site: &Site, snapshot: &Snapshot, field: &Field, verdict: &Verdict) -> Option<String> {
    let campus = &site.institution;
    match (verdict, field.key.step()) {
        (Verdict::Differs(_) | Verdict::Absent, Some(step)) => Some(match field.channel {
            Channel::Api { .. } => format!("last-resort apply {step} --campus {campus}"),
            Channel::Screen => format!("last-resort --step {step} --campus {campus}"),
        }),
        // Evidence that is too old is shown again in the same way as before.
        (Verdict::Waiting(_), Some(step)) => {
            Some(match snapshot.journal.evidence.value(&field.key).map(|shown| &shown.source) {
                Some(EvidenceSource::File(_)) => format!("last-resort evidence import FILE --campus {campus}"),
                Some(EvidenceSource::Pasted) => format!("last-resort --step {step} --campus {campus}"),
                None => format!("last-resort attest {} --campus {campus}", field.key),
            })
        }
        (Verdict::Unread(unread), _) => Some(unread.next.clone()),
        _ => None,
    }
}

fn by_record(
    snapshot: &Snapshot,
    wanted: &WantedValue,
    record: &PartnerRecord,
    pointer: &str,
) -> (Option<String>, Verdict) {
    let there = record.body.pointer(pointer);
    // Somebody pasted the key into the wrong field.
    if there.is_some_and(|value| holds_the_export_key(snapshot, record, value)) {
        return (Some("(the export key stands here)".to_owned()), Verdict::Differs(Evidence::Read));
    }
    if there.is_some_and(|value| holds_a_key(snapshot, record, value)) {
        return (Some("(a key stands here)".to_owned()), Verdict::Differs(Evidence::Read));
    }
    match compare(wanted, there) {
        (got, Comparison::Same) => (got, Verdict::Same(Evidence::Read)),
        (got, Comparison::Differs) => (got, Verdict::Differs(Evidence::Read)),
        (got, Comparison::Unjudged(why)) => {
            let unread = UnreadReason::new(UnreadKind::Nonsense, why, "look at this field in Alma's partner screen");
            (got, Verdict::Unread(unread))
        }
    }
}

/// Judges a screen field by its evidence. The sign-off decides if the evidence is too old, or if it differs and the
/// sign-off is newer.
fn by_evidence(site: &Site, snapshot: &Snapshot, field: &Field, want: Option<&str>) -> (Option<String>, Verdict) {
    let word = by_word(snapshot, field, want);
    let Some(shown) = snapshot.journal.evidence.value(&field.key) else { return word };
    let age = age_in_days(shown.when, snapshot.at);
    let signed_since = matches!(&word.1, Verdict::Attested(said) if said.when > shown.when);
    let same = want.is_some_and(|want| held(FieldRole::of(&field.key), want, &shown.got) == PasteComparison::Same);
    match (age > site.evidence_days, same) {
        (false, true) => (want.map(str::to_owned), Verdict::Same(Evidence::Imported)),
        (false, false) if !signed_since => (Some(clean(&shown.got, 400)), Verdict::Differs(Evidence::Imported)),
        (true, _) if !matches!(word.1, Verdict::Attested(_)) => {
            let why =
                format!("what {} showed ({}) is {age} days old; paste or import it again", shown.who, shown.source);
            (None, Verdict::Waiting(why))
        }
        _ => word,
    }
}

/// Judges a screen field by its sign-off, if that was given for the value wanted today.
fn by_word(snapshot: &Snapshot, field: &Field, want: Option<&str>) -> (Option<String>, Verdict) {
    if field.key.step() == Some(StepId::Partner) && snapshot.alma.partner == Observation::NotThere {
        return (None, Verdict::Waiting("there is no such record in Alma yet to look at".to_owned()));
    }
    match snapshot.journal.sign_offs.iter().find(|said| said.key == field.key) {
        Some(said) if Some(said.want.as_str()) == want => (Some(said.want.clone()), Verdict::Attested(said.clone())),
        Some(said) => {
            let why = format!("signed off by {} for \"{}\", which is no longer the value wanted", said.who, said.want);
            (None, Verdict::Waiting(why))
        }
        None => (None, Verdict::Waiting(no_word(snapshot, field))),
    }
}

/// Why there is no sign-off, for somebody who may remember giving one.
fn no_word(snapshot: &Snapshot, field: &Field) -> String {
    let Some(voided) = snapshot.journal.voided_sign_offs.iter().find(|voided| voided.key == field.key) else {
        return "no sign-off yet; no API shows it".to_owned();
    };
    let since = match voided.by {
        Verb::Delete => "the partner was deleted since",
        Verb::Create | Verb::Replace => "the partner was made anew since",
    };
    format!("the sign-off by {} no longer holds: {since}; look again, then sign it off anew", clean(&voided.who, 60))
}

fn not_stored(ours: &Observation<(KeySlot, ApiKey)>) -> String {
    ours.unread().map_or_else(|| "no export key is stored here to compare with".to_owned(), in_words)
}

fn in_words(why: &UnreadReason) -> String {
    let why = not_looked_up(why);
    format!("{}; next: {}", why.what, why.next)
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
            let verdict = by_word(snapshot, field, got.as_deref()).1;
            match verdict {
                Verdict::Attested(said) => (got, Verdict::Attested(said)),
                _ => (got, Verdict::Waiting(not_stored(&snapshot.keys.export_key))),
            }
        }
        (ExportKey::Masked | ExportKey::Hidden, Some(ours))
            if proof::proves_key(site, snapshot, &ours.fingerprint()) =>
        {
            (want.map(str::to_owned), Verdict::Same(Evidence::Proved))
        }
        (ExportKey::Masked | ExportKey::Hidden, ours) => {
            let written = snapshot
                .journal
                .key_write
                .as_ref()
                .filter(|w| ours.is_some_and(|key| key.fingerprint() == w.fingerprint));
            if let Some(written) = written {
                let said = SignOff {
                    key: field.key.clone(),
                    want: want.unwrap_or_default().to_owned(),
                    who: written.who.clone(),
                    when: written.when,
                    note: Some("set by our own write".to_owned()),
                };
                return (want.map(str::to_owned), Verdict::Attested(said));
            }
            if let (got, Verdict::Attested(said)) = by_word(snapshot, field, want.or(Some(""))) {
                return (got, Verdict::Attested(said));
            }
            let why = match (&snapshot.keys.export_key, &record.key) {
                (Observation::Unread(why), _) => in_words(why),
                (_, ExportKey::Masked) => "Alma shows the key masked, so it cannot be compared".to_owned(),
                _ => "Alma does not show the key, so it cannot be compared".to_owned(),
            };
            (None, Verdict::Waiting(why))
        }
    }
}

//! Whether what is wanted of a value changed after somebody showed it or signed it off. A person was then asked to change
//! it, so what was seen before says nothing of today.
use super::snapshot::Snapshot;
use crate::engine::journal::{Milestone, SignOff, ValueEvidence};
use crate::recipe::{Expectation, Field};
use crate::text::clean;
use jiff::Timestamp;

/// Why evidence for a value no longer counts. `None` if it does.
pub(crate) fn overtaken_evidence(
    snapshot: &Snapshot,
    field: &Field,
    want: Option<&str>,
    shown: &ValueEvidence,
) -> Option<String> {
    let (who, since) = (clean(&shown.origin.who, 60), shown.origin.since());
    if let Some(switch) = switched_since(snapshot, field, since) {
        let on = day(switch.at);
        return Some(format!("the evidence by {who} is from before the rule was switched ({on}); check again"));
    }
    let newest = snapshot.journal.sign_offs.iter().find(|said| said.key == field.key && said.when > since);
    let signed = shown.signed_since.iter().map(|said| &said.want).chain(newest.map(|said| &said.want));
    let then = shown.wanted.iter().chain(signed).find(|then| Some(then.as_str()) != want)?;
    Some(format!("the evidence by {who} is from when \"{}\" was wanted; check again", clean(then, 100)))
}

/// Why a sign-off for the value wanted today no longer counts. `None` if it does.
pub(crate) fn overtaken_sign_off(snapshot: &Snapshot, field: &Field, said: &SignOff) -> Option<String> {
    let switch = switched_since(snapshot, field, said.when)?;
    let (who, on) = (clean(&said.who, 60), day(switch.at));
    Some(format!("signed off by {who} before the rule was switched ({on}); check again, then sign it off again"))
}

/// The last going live or way back after this time, for a value that depends on it.
fn switched_since<'a>(snapshot: &'a Snapshot, field: &Field, since: Timestamp) -> Option<&'a Milestone> {
    let by_stance = matches!(field.want, Expectation::ByStance { .. });
    snapshot.journal.milestones.switched.as_ref().filter(|switch| by_stance && switch.at > since)
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

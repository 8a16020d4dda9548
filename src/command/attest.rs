//! `attest`
use super::answer::{self, Outcome};
use super::session::Session;
use crate::drive::attestable;
use crate::recipe::Recipe;

/// Signs off, or takes it back.
pub(super) fn attest(session: &Session, what: &[String], note: Option<String>, revoke: bool) -> Outcome {
    let keys = attestable(Recipe::embedded(), what)?;
    if revoke {
        let there = session.bench.revoke(&keys, note)?;
        let done = |key| if there.contains(key) { "taken back" } else { "no word was there to take back" };
        let told = answer::lines(keys.iter().map(|key| format!("{}  {key}", done(key))));
        (if there.is_empty() { told } else { answer::of_done(told) })?;
    } else {
        session.bench.attest(&keys, note)?;
        answer::of_done(answer::lines(keys.iter().map(|key| format!("signed off  {key}"))))?;
    }
    Ok(0)
}

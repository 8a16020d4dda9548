//! `attest`
use super::answer::{self, Outcome};
use super::session::Session;
use crate::drive::attestable;
use crate::recipe::Recipe;

/// Signs off, or takes it back.
pub(super) fn attest(session: &Session, what: &[String], note: Option<String>, revoke: bool) -> Outcome {
    let keys = attestable(Recipe::embedded(), what)?;
    if revoke {
        session.bench.revoke(&keys, note)?;
    } else {
        session.bench.attest(&keys, note)?;
    }
    let done = if revoke { "taken back" } else { "signed off" };
    answer::lines(keys.iter().map(|key| format!("{done}  {key}")))?;
    Ok(0)
}

//! The command `attest`: records sign-offs and takes them back.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::drive::attestable;
use crate::recipe::Recipe;
use crate::text::clean;

/// Signs off steps or values, or takes sign-offs back.
pub(super) fn attest(session: &CampusSession, what: &[String], note: Option<String>, revoke: bool) -> Outcome {
    let keys = attestable(Recipe::embedded(), what)?;
    if revoke {
        let there = session.ops.revoke(&keys, note)?;
        let done = |key| if there.contains(key) { "taken back" } else { "no word was there to take back" };
        let printed = output::lines(keys.iter().map(|key| format!("{}  {key}", done(key))));
        output::already_done_if(!there.is_empty(), printed)?;
    } else {
        let signed = session.ops.attest(&keys, note)?;
        let value = |key| signed.get(key).map_or(String::new(), |value| format!(": {}", clean(value, 400)));
        output::already_done(output::lines(keys.iter().map(|key| format!("signed off  {key}{}", value(key)))))?;
    }
    Ok(0)
}

//! The command `attest`: records sign-offs and takes them back.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::drive::attestable;
use crate::recipe::Recipe;
use crate::text::clean;
use serde_json::json;

/// Signs off steps or values, or takes sign-offs back.
pub(super) fn attest(
    session: &CampusSession,
    what: &[String],
    note: Option<String>,
    revoke: bool,
    json: bool,
) -> Outcome {
    let campus = session.ops.site.institution.as_str();
    let keys = attestable(Recipe::embedded(), what)?;
    if revoke {
        let there = session.ops.revoke(&keys, note)?;
        let done = |key| if there.contains(key) { "taken back" } else { "no word was there to take back" };
        let printed = if json {
            let rows = keys.iter().map(|key| json!({"key": key.as_str(), "revoked": there.contains(key)}));
            output::json(&json!({"schema": 1, "campus": campus, "fields": rows.collect::<Vec<_>>()}))
        } else {
            output::lines(keys.iter().map(|key| format!("{}  {key}", done(key))))
        };
        output::already_done_if(!there.is_empty(), printed)?;
    } else {
        let signed = session.ops.attest(&keys, note)?;
        let value = |key| signed.get(key).map_or(String::new(), |value| format!(": {}", clean(value, 400)));
        output::already_done(if json {
            let rows = keys.iter().map(|key| json!({"key": key.as_str(), "value": signed.get(key)}));
            output::json(&json!({"schema": 1, "campus": campus, "fields": rows.collect::<Vec<_>>()}))
        } else {
            output::lines(keys.iter().map(|key| format!("signed off  {key}{}", value(key))))
        })?;
    }
    Ok(0)
}

//! The command `attest`: records sign-offs and takes them back.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::drive::{SignOffResult, attestable};
use crate::engine::judge::{Finding, Verdict};
use crate::recipe::{FieldKey, Recipe};
use crate::site::Site;
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
    let requests = attestable(Recipe::embedded(), what)?;
    let keys: Vec<FieldKey> = requests.iter().map(|request| request.key.clone()).collect();
    if revoke {
        let there = session.ops.revoke(&keys, note)?;
        let done = |key| if there.contains(key) { "withdrawn" } else { "no sign-off to withdraw" };
        let printed = if json {
            let rows = keys.iter().map(|key| json!({"key": key.as_str(), "revoked": there.contains(key)}));
            output::json(&json!({"schema": 1, "campus": campus, "fields": rows.collect::<Vec<_>>()}))
        } else {
            output::lines(keys.iter().map(|key| format!("{}  {key}", done(key))))
        };
        output::already_done_if(!there.is_empty(), printed)?;
        return Ok(0);
    }
    let result = session.ops.attest(&requests, note)?;
    let printed = if json {
        let left = |key: &FieldKey| result.left.iter().find(|finding| finding.key == *key);
        let row = |key: &FieldKey| {
            json!({"key": key.as_str(), "value": result.signed.get(key), "contradicted": result.contradicted.get(key),
                "reason": left(key).map(why_not_signed)})
        };
        output::json(&json!({"schema": 1, "campus": campus, "fields": keys.iter().map(row).collect::<Vec<_>>()}))
    } else {
        output::lines(keys.iter().flat_map(|key| key_lines(&session.ops.site, &result, key)))
    };
    output::already_done_if(!result.signed.is_empty(), printed)?;
    // What evidence contradicts was not signed off, and is still not as wanted.
    let is_left = |which: fn(&Verdict) -> bool| result.left.iter().any(|finding| which(&finding.verdict));
    Ok(
        match (is_left(|left| matches!(left, Verdict::Differs(_))), is_left(|left| matches!(left, Verdict::Waiting(_))))
        {
            (true, _) => 3,
            (false, true) => 4,
            (false, false) => 0,
        },
    )
}

/// What became of one value.
fn key_lines(site: &Site, result: &SignOffResult, key: &FieldKey) -> Vec<String> {
    if let Some(value) = result.signed.get(key) {
        let signed = format!("signed off  {key}: {}", clean(value, 400));
        let against = result.contradicted.get(key).map(|words| {
            format!("            contradicted: {}; you cannot go live until newer evidence agrees", clean(words, 400))
        });
        return std::iter::once(signed).chain(against).collect();
    }
    let left = result.left.iter().find(|finding| finding.key == *key);
    left.map(|finding| not_signed(site, finding)).into_iter().flatten().collect()
}

/// Why a value was not signed off with its step, in a clause.
fn why_not_signed(finding: &Finding) -> String {
    let origin = finding.origin.as_ref().map(|origin| format!(", {}", origin.words())).unwrap_or_default();
    match &finding.verdict {
        Verdict::Differs(_) => {
            let got = clean(finding.got.as_deref().unwrap_or("nothing"), 400);
            format!("evidence contradicts it and shows \"{got}\"{origin}")
        }
        Verdict::Waiting(why) => clean(why, 400),
        Verdict::Contradicted(against) => {
            let (who, words) = (clean(&against.sign_off.who, 64), clean(&against.words(), 400));
            format!("already signed, by {who}; contradicted: {words}")
        }
        Verdict::Attested(said) => format!("already signed, by {}", clean(&said.who, 64)),
        _ => format!("it needs no sign-off, it is {}{origin}", finding.verdict.words()),
    }
}

/// The lines for a value that was not signed off with its step.
fn not_signed(site: &Site, finding: &Finding) -> Vec<String> {
    let (key, why) = (&finding.key, why_not_signed(finding));
    match &finding.verdict {
        Verdict::Differs(_) => vec![
            format!("not signed  {key}: {why}"),
            format!("            correct it and import or paste it again, or sign off this value alone:"),
            format!("            {}", site.command(&format!("attest {key}"))),
        ],
        Verdict::Waiting(_) => vec![
            format!("not signed  {key}: {why}"),
            format!(
                "            if it is there, sign off this value alone: {}",
                site.command(&format!("attest {key}"))
            ),
        ],
        Verdict::Contradicted(against) => vec![
            format!("already signed  {key}, by {}", clean(&against.sign_off.who, 64)),
            format!("            contradicted: {}", clean(&against.words(), 400)),
        ],
        Verdict::Attested(said) => vec![format!("already signed  {key}, by {}", clean(&said.who, 64))],
        _ => vec![format!("not signed  {key}: {why}")],
    }
}

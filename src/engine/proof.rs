//! What was seen to work: a request of Alma's that stands in the right queue proves the routing rule's behaviour, not its text.
use super::seen::{Seen, Snapshot};
use super::verdict::{Evidence, Finding, Place, Verdict, Weight};
use super::wanted::wanted_words;
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Site;

/// All findings of `prove`.
pub(super) fn findings(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let words = |key: &str| {
        recipe.field(&key.into()).and_then(|field| wanted_words(recipe, site, snapshot, field)).unwrap_or_default()
    };
    let queue = words("illiad.queue.queue_name");
    let prefix = like_prefix(&words("illiad.routing.match_string")).unwrap_or_default();
    let proving = snapshot.illiad.requests.got().and_then(|requests| {
        requests.iter().find(|request| {
            !prefix.is_empty()
                && request.status == queue
                && request.cited_in.as_deref().is_some_and(|tag| tag.starts_with(&prefix))
        })
    });
    let (got, verdict, weight) = match (proving, &snapshot.illiad.requests) {
        (Some(request), _) => {
            let got = format!("request {} stands in \"{queue}\"", request.number);
            (Some(got), Verdict::Same(Evidence::Proved), Weight::Counts)
        }
        (None, Seen::Unread(why)) => {
            (None, Verdict::Waiting(format!("not looked for: {}", why.what)), Weight::Advisory)
        }
        (None, _) => {
            let why = format!("no request of the test patron with {prefix}… stands in \"{queue}\" yet");
            (None, Verdict::Waiting(why), Weight::Advisory)
        }
    };
    vec![Finding {
        key: FieldKey::new(StepId::Prove, "routing"),
        label: "Routing seen to work".to_owned(),
        group: "Real traffic".to_owned(),
        want: Some(format!("a request from Alma in \"{queue}\"")),
        got,
        verdict,
        weight,
        place: Place::Api("Transaction/UserRequests".to_owned()),
        why: "A request that arrived from Alma and was routed proves the rule's behaviour, not its text.".to_owned(),
        hint: None,
    }]
}

/// The prefix in `LIKE '01CUNY%'`.
fn like_prefix(condition: &str) -> Option<String> {
    let (_, rest) = condition.split_once("LIKE '")?;
    rest.split_once('%').map(|(prefix, _)| prefix.to_owned())
}

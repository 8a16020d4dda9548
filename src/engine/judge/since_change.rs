//! Whether what proved the set-up came before the set-up was last changed. A proof is of the set-up as it was then.
use super::drift::change_found;
use super::proof::{newest_of_routing, prove, since_live_key};
use super::route::Route;
use super::snapshot::Snapshot;
use super::traffic::{TrafficRule, made_after, made_before};
use super::verdict::{Evidence, FieldPlace, Finding, StepReport, Verdict, Weight};
use crate::engine::journal::{ProofStatus, SetUpChange, later};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;

/// The key of the finding that asks for another proof after a change.
pub fn since_change_key() -> FieldKey {
    FieldKey::new(StepId::Prove, "since_change")
}

impl StepReport {
    /// Whether what was proved is older than the last change to the set-up. That folds into no state, and yet leaves something to do.
    pub fn is_to_prove_again(&self) -> bool {
        self.last_change().is_some()
    }

    /// Whether this finding was proved before that change.
    pub fn is_outdated(&self, finding: &Finding) -> bool {
        let before = |change: &Finding| finding.when.is_none_or(|when| change.when.is_some_and(|change| when < change));
        finding.verdict == Verdict::Same(Evidence::Proved) && self.last_change().is_some_and(before)
    }

    fn last_change(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.key == since_change_key())
    }
}

/// What is due where the routing was proved before the last change. `before` are the steps before this one, `proved` its other findings.
pub(super) fn since_change(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    before: &[StepReport],
    proved: &[Finding],
) -> Option<Finding> {
    let journal = &snapshot.journal;
    let change = later(journal.last_change, change_found(before, &journal.past, snapshot.at))?;
    // Going live asks for another proof anyway.
    let due = proved.iter().any(|finding| finding.key == since_live_key());
    let routing = proved.first().filter(|routing| !due && routing.verdict == Verdict::Same(Evidence::Proved))?;
    let why = older_than(change, recipe, site, snapshot, routing)?;
    Some(Finding {
        key: since_change_key(),
        label: "Proved again".to_owned(),
        group: "After the last change".to_owned(),
        want: Some("a proof of the set-up as it is now".to_owned()),
        got: None,
        verdict: Verdict::Waiting(format!("{why} {}; prove it again", change.words())),
        when: Some(change.after()),
        origin: None,
        weight: Weight::Advisory,
        agreed: None,
        place: FieldPlace::Api("Transaction/UserRequests".to_owned()),
        why: "A proof is of the set-up as it was then.".to_owned(),
        hint: Some(prove(site, "")),
    })
}

/// What proved the routing before this change, as the beginning of a sentence. `None` if something proved it since.
fn older_than(
    change: SetUpChange,
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    routing: &Finding,
) -> Option<String> {
    let proof = newest_of_routing(snapshot).filter(|proof| proof.showed.shows == ProofStatus::Proved);
    if proof.is_some_and(|proof| proof.when >= change.after()) {
        return None;
    }
    let route = Route::wanted(recipe, site, snapshot);
    let rule = TrafficRule::new(&route, site, snapshot.at);
    // Where it does not rest on a proof, it rests on a request from Alma.
    let requests = snapshot.illiad.requests.got();
    let request = requests.and_then(|all| rule.proven_by(all)).filter(|_| routing.when.is_none());
    match (request, proof) {
        (Some(request), _) if made_after(request, change.after()) => None,
        (_, Some(proof)) => {
            Some(format!("the proof of {}, by {}, came before", proof.when.strftime("%Y-%m-%d"), clean(&proof.who, 60)))
        }
        (Some(request), None) => {
            let came = if made_before(request, change.after()) { "came" } else { "may have come" };
            Some(format!("request {} {came} before", request.number))
        }
        (None, None) => None,
    }
}

//! Judges what was proved to work. A request from Alma in the right queue proves how the routing rule behaves, not
//! its text. So does a probe that is not too old. The newer of the two counts.
use super::route::Route;
use super::snapshot::Snapshot;
use super::traffic::{CandidateSight, TrafficRule, made_after};
use super::verdict::{Evidence, FieldPlace, Finding, Verdict, Weight};
use crate::engine::journal::{KeyWrite, Proof, ProofScope, ProofStatus, age_in_days};
use crate::engine::observed::{ListExtent, Observation, PatronRequests, Transaction, UnreadKind, UnreadReason};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::secret::Fingerprint;
use crate::site::{Site, Stance};
use crate::text::clean;
use jiff::Timestamp;

/// The heading of what is asked for once the campus is live.
const AFTER: &str = "After going live";

/// All findings of the step `prove`, except what a change to the set-up makes due.
pub(crate) fn findings(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Finding> {
    let proved = routing(recipe, site, snapshot);
    let mut all = vec![contradicted(recipe, site, snapshot, &proved).unwrap_or(proved)];
    all.extend(chain(site, snapshot));
    all.extend(since_live(recipe, site, snapshot, &all[0]));
    all.extend(unseen_gate(site, snapshot));
    all
}

/// The key of the finding that stands after going live until something was seen to work with the rule enabled.
pub fn since_live_key() -> FieldKey {
    FieldKey::new(StepId::Prove, "since_live")
}

/// What is due after going live: everything that was seen to work was seen before. It counts, like any value that waits.
fn since_live(recipe: &Recipe, site: &Site, snapshot: &Snapshot, routing: &Finding) -> Option<Finding> {
    let live = snapshot.journal.milestones.live.as_ref().filter(|_| site.stance == Stance::Live)?.at;
    let proof = newest(snapshot, is_about_routing);
    // What differs or could not be read already says what to do.
    let open = matches!(routing.verdict, Verdict::Same(Evidence::Proved) | Verdict::Waiting(_));
    if !open || proof.is_some_and(|proof| proof.live_since.is_none()) {
        return None;
    }
    let minute = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let why = match (snapshot.illiad.requests.got(), proof) {
        (Some(requests), _) if traffic_since(recipe, site, snapshot, requests, live) => return None,
        (None, None) => return None,
        (Some(_), None) if routing.when.is_none() && routing.got.is_some() => {
            let seen = routing.got.as_deref().unwrap_or_default();
            format!("{seen}, but may have come before the campus went live ({})", minute(live))
        }
        (_, Some(proof)) => {
            format!("the last proof ({}) is from before the campus went live ({})", minute(proof.when), minute(live))
        }
        (Some(_), None) => format!("nothing has been proved since the campus went live ({})", minute(live)),
    };
    Some(Finding {
        key: since_live_key(),
        label: "Proved since going live".to_owned(),
        group: AFTER.to_owned(),
        want: Some("a request that arrives with the rule enabled".to_owned()),
        got: None,
        verdict: Verdict::Waiting(format!("{why}; prove it again")),
        when: Some(live),
        origin: None,
        weight: Weight::Counts,
        agreed: None,
        place: FieldPlace::Api("Transaction/UserRequests".to_owned()),
        why: "Until the rule is enabled, no patron request goes from Alma to ILLiad.".to_owned(),
        hint: Some(prove(site, "")),
    })
}

/// Whether a request came from Alma and was routed after this time.
fn traffic_since(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    requests: &PatronRequests,
    since: Timestamp,
) -> bool {
    TrafficRule::new(&Route::wanted(recipe, site, snapshot), site, snapshot.at).arrived_since(requests, since)
}

/// Advice for a campus that was set live by editing its file.
fn unseen_gate(site: &Site, snapshot: &Snapshot) -> Option<Finding> {
    if site.stance != Stance::Live || snapshot.journal.milestones.live.is_some() {
        return None;
    }
    let why = "the campus file says live, but the checks for going live were not run; golive runs them";
    Some(Finding {
        key: FieldKey::new(StepId::Prove, "gate"),
        label: "Went live through golive".to_owned(),
        group: AFTER.to_owned(),
        want: Some("every check for going live passed".to_owned()),
        got: None,
        verdict: Verdict::Waiting(why.to_owned()),
        when: None,
        origin: None,
        weight: Weight::Advisory,
        agreed: None,
        place: FieldPlace::Api("the campus file: stance".to_owned()),
        why: "Someone may have edited the file by hand; then nothing was checked before patrons' requests went to ILLiad."
            .to_owned(),
        hint: Some(site.command("golive")),
    })
}

/// The finding instead, where a request from Alma stands unrouted that is newer than what proves the routing.
fn contradicted(recipe: &Recipe, site: &Site, snapshot: &Snapshot, proved: &Finding) -> Option<Finding> {
    let route = Route::wanted(recipe, site, snapshot);
    let rule = TrafficRule::new(&route, site, snapshot.at);
    let requests = snapshot.illiad.requests.got().filter(|_| matches!(proved.verdict, Verdict::Same(_)))?;
    let traffic = rule.proven_by(requests).map(|request| request.number);
    let proof = newest(snapshot, is_about_routing).filter(|_| proved.when.is_some());
    let rests_on = traffic.max(proof.and_then(|proof| proof.showed.number))?;
    if let Some((_, why)) = rule.perhaps_left_alone(requests).filter(|(number, _)| *number > rests_on) {
        let hint = Some(why.next.clone());
        return Some(Finding { got: None, verdict: Verdict::Unread(why), when: None, hint, ..proved.clone() });
    }
    let newer = rule.left_alone(requests).filter(|newer| newer.number > rests_on)?;
    let why = format!(
        "request {} of the test patron, which is newer and came from Alma too, is in \"{}\"{}",
        newer.number,
        clean(&newer.status, 80),
        proved.got.as_deref().map_or(String::new(), |got| format!("; before that: {got}"))
    );
    let hint = Some(prove(site, ""));
    Some(Finding {
        got: None,
        verdict: Verdict::Waiting(why),
        weight: Weight::Advisory,
        when: None,
        hint,
        ..proved.clone()
    })
}

fn routing(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Finding {
    let route = Route::wanted(recipe, site, snapshot);
    let (queue, rule) = (&route.queue, TrafficRule::new(&route, site, snapshot.at));
    let proof = newest(snapshot, is_about_routing);
    let fresh = proof.filter(|proof| age_in_days(proof.when, snapshot.at) <= site.evidence_days);
    let traffic = snapshot.illiad.requests.got().and_then(|requests| rule.routed(requests));
    let (mut next, mut when) = (None, None);
    let (got, verdict, weight) = match (traffic, fresh) {
        (Some(CandidateSight::Confirmed(request)), _)
            if is_newer(request, fresh) && !is_overtaken(snapshot, request, fresh) =>
        {
            let got = format!("request {} is in \"{queue}\"", request.number);
            (Some(got), Verdict::Same(Evidence::Proved), Weight::Counts)
        }
        (_, Some(proof)) => {
            let verdict = match proof.showed.shows {
                ProofStatus::Proved => Verdict::Same(Evidence::Proved),
                _ => Verdict::Differs(Evidence::Proved),
            };
            next.clone_from(&proof.showed.next);
            when = Some(proof.when);
            (Some(proof_words(proof)), verdict, Weight::Counts)
        }
        (traffic, None) => {
            let (verdict, hint) = unproved(site, &route, &rule, snapshot, traffic, proof);
            next = hint;
            let weight = if matches!(verdict, Verdict::Unread(_)) { Weight::Counts } else { Weight::Advisory };
            (None, verdict, weight)
        }
    };
    Finding {
        key: FieldKey::new(StepId::Prove, "routing"),
        label: "Routing proved".to_owned(),
        group: "A request from Alma, or test requests".to_owned(),
        want: Some(format!("a request from Alma in \"{queue}\"")),
        got,
        verdict,
        when,
        origin: None,
        weight,
        agreed: None,
        place: FieldPlace::Api("Transaction/UserRequests".to_owned()),
        why: what_it_proves(fresh.filter(|_| when.is_some())).to_owned(),
        hint: next,
    }
}

/// Why neither a request from Alma nor a fresh proof shows how the rule behaves, and what to do.
fn unproved(
    site: &Site,
    route: &Route,
    rule: &TrafficRule,
    snapshot: &Snapshot,
    traffic: Option<CandidateSight>,
    old: Option<&Proof>,
) -> (Verdict, Option<String>) {
    let unread = |why: UnreadReason, next| (Verdict::Unread(why), Some(next));
    let waits = |why: String| (Verdict::Waiting(why), Some(prove(site, "")));
    match (traffic, old, &snapshot.illiad.requests) {
        (Some(CandidateSight::Contradicted(why)), ..) => waits(why),
        (Some(CandidateSight::Unread(why)), ..) => unread(why.clone(), why.next),
        (_, Some(old), _) => {
            let age = age_in_days(old.when, snapshot.at);
            waits(format!("the last proof, by {}, is {age} days old; prove it again", old.who))
        }
        (_, None, Observation::Unread(why)) if why.why == UnreadKind::NotAsked => {
            (Verdict::Waiting(format!("not checked: {}", why.what)), None)
        }
        (_, None, Observation::Unread(why)) => unread(why.clone(), why.next.clone()),
        (_, None, Observation::Got(PatronRequests { list, .. })) => match &list.extent {
            ListExtent::Cut(why) => unread(cut_list(list.rows.len(), why), prove(site, "")),
            ListExtent::Whole => waits(no_traffic(route, rule, &list.rows)),
        },
        (_, None, Observation::NotThere) => waits(no_traffic(route, rule, &[])),
    }
}

/// Why no request proves the routing.
fn no_traffic(route: &Route, rule: &TrafficRule, rows: &[Transaction]) -> String {
    let none = || format!("no request of the test patron from Alma is in \"{}\" yet", route.queue);
    rule.doubt(rows).unwrap_or_else(none)
}

/// Why a list that may be cut does not show that there is no request from Alma.
fn cut_list(rows: usize, why: &str) -> UnreadReason {
    let what = format!(
        "a request of the test patron may have come from Alma: none of the {rows} in ILLiad's list did, but the list may be incomplete ({why})"
    );
    UnreadReason::new(UnreadKind::Nonsense, what, "prove it with test requests, which do not need that list")
}

/// Whether a request was made after the failed probe. We assume that ILLiad's transaction numbers grow.
fn is_newer(request: &Transaction, proof: Option<&Proof>) -> bool {
    proof.is_none_or(|proof| {
        proof.showed.shows == ProofStatus::Proved || proof.showed.number.is_none_or(|number| request.number > number)
    })
}

/// Whether the set-up was changed after this request, and the proof is from after the change.
fn is_overtaken(snapshot: &Snapshot, request: &Transaction, proof: Option<&Proof>) -> bool {
    let change = snapshot.journal.last_change.zip(proof);
    change.is_some_and(|(change, proof)| proof.when >= change.after() && !made_after(request, change.after()))
}

/// What the routing result proves. It rests on a proof if there is one, else on a request from Alma.
fn what_it_proves(rests_on: Option<&Proof>) -> &'static str {
    match rests_on.map(|proof| (proof.showed.half, proof.showed.shows)) {
        Some((ProofScope::Illiad, ProofStatus::Proved)) => {
            "Test requests prove only ILLiad's half, not the chain from Alma."
        }
        _ => "A request from Alma that was routed shows that the rule works, not that it is spelled as wanted.",
    }
}

/// A failed end-to-end proof may have failed before the routing, so it does not count here.
fn is_about_routing(proof: &Proof) -> bool {
    proof.showed.half == ProofScope::Illiad
        || (proof.showed.half == ProofScope::Chain && proof.showed.shows == ProofStatus::Proved)
}

/// The command that proves it again.
pub(super) fn prove(site: &Site, how: &str) -> String {
    site.confirmed(&format!("prove{how}"))
}

fn proof_words(proof: &Proof) -> String {
    let day = proof.when.strftime("%Y-%m-%d");
    clean(&format!("{} ({}, {day})", proof.showed.words, proof.who), 600)
}

/// The latest proof that is about the routing, whatever its result.
pub(super) fn newest_of_routing(snapshot: &Snapshot) -> Option<&Proof> {
    newest(snapshot, is_about_routing)
}

fn newest(snapshot: &Snapshot, of: impl Fn(&Proof) -> bool) -> Option<&Proof> {
    snapshot.journal.proofs.iter().filter(|proof| of(proof)).max_by_key(|proof| proof.when)
}

/// The finding for the end-to-end proof. `None` until somebody has tried one.
fn chain(site: &Site, snapshot: &Snapshot) -> Option<Finding> {
    let proof = newest(snapshot, |proof| proof.showed.half == ProofScope::Chain)?;
    let age = age_in_days(proof.when, snapshot.at);
    let (got, verdict, weight, hint) = match proof.showed.shows {
        _ if age > site.evidence_days => {
            let why = format!("the last proof, by {}, is {age} days old; prove it again", proof.who);
            (None, Verdict::Waiting(why), Weight::Advisory, Some(prove(site, " --chain")))
        }
        ProofStatus::Proved => (Some(proof_words(proof)), Verdict::Same(Evidence::Proved), Weight::Counts, None),
        _ => (Some(proof_words(proof)), Verdict::Differs(Evidence::Proved), Weight::Counts, proof.showed.next.clone()),
    };
    Some(Finding {
        key: FieldKey::new(StepId::Prove, "chain"),
        label: "Whole chain proved".to_owned(),
        group: "From Alma to ILLiad".to_owned(),
        want: Some("a borrowing request from Alma, exported and routed in ILLiad".to_owned()),
        got,
        verdict,
        when: Some(proof.when),
        origin: None,
        weight,
        agreed: None,
        place: FieldPlace::Api("users/resource-sharing-requests".to_owned()),
        why: "It proves partner, export key, rota, rule and routing together.".to_owned(),
        hint,
    })
}

/// When the latest end-to-end proof was made, whatever its result.
pub(crate) fn of_chain(snapshot: &Snapshot) -> Option<Timestamp> {
    newest(snapshot, |proof| proof.showed.half == ProofScope::Chain).map(|proof| proof.when)
}

/// The latest end-to-end proof, if it is recent enough to count.
pub(crate) fn recent_chain<'a>(site: &Site, snapshot: &'a Snapshot) -> Option<&'a Proof> {
    let proof = newest(snapshot, |proof| proof.showed.half == ProofScope::Chain)?;
    (age_in_days(proof.when, snapshot.at) <= site.evidence_days).then_some(proof)
}

/// Whether a recent end-to-end proof worked with this key, and we have not written another key since.
pub(crate) fn proves_key(site: &Site, snapshot: &Snapshot, key: &Fingerprint) -> bool {
    let Some(proof) = newest(snapshot, |proof| {
        proof.showed.half == ProofScope::Chain
            && proof.showed.shows == ProofStatus::Proved
            && proof.showed.key.as_ref() == Some(key)
    }) else {
        return false;
    };
    let other_since = |written: &KeyWrite| written.when > proof.when && written.fingerprint != *key;
    age_in_days(proof.when, snapshot.at) <= site.evidence_days
        && !snapshot.journal.key_write.as_ref().is_some_and(other_since)
}

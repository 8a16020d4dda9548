//! `apply` and `undo`
use super::answer::{self, Outcome, say};
use super::plan;
use super::session::CampusSession;
use crate::engine::card::{Card, CardScope, card};
use crate::engine::judge::Snapshot;
use crate::engine::plan::Consent;
use crate::engine::render::{applied_json, change_lines};
use crate::engine::results::ApplyResult;
use crate::failure::{Failure, FailureKind};
use crate::recipe::{Channel, Recipe, StepId};

/// Writes what the API can, prints cards for what a person must do.
pub(super) async fn apply(session: &CampusSession, steps: &[StepId], consent: &Consent, json: bool) -> Outcome {
    let site = &session.ops.site;
    if let Some(none) = steps.iter().find(|id| Recipe::embedded().step(**id).groups.is_empty()) {
        return Err(Failure::new(FailureKind::Usage, format!("{none} has nothing to apply; it is read or seen"))
            .hint(format!("last-resort check {none} --campus {}", site.institution)));
    }
    if !steps.iter().any(|id| has_api(*id)) {
        return by_hand(session, steps, json);
    }
    let begun = match session.writer() {
        Ok(hands) => session.ops.plan(steps).await.map(|planned| (hands, planned)),
        Err(failure) => Err(failure),
    };
    let ((writer, _lock), (plan, looked)) = match begun {
        Ok(begun) => begun,
        Err(failure) if json => {
            // What would have been written is read all the same, where that can be.
            let seen = session.ops.plan(steps).await.map(|(_, looked)| looked.snapshot);
            let seen = seen.or_else(|_| session.ops.unseen()).unwrap_or_else(|_| session.ops.unremembered());
            refused(session, steps, &failure, json, &seen).await?;
            return Err(failure);
        }
        Err(failure) => return Err(failure),
    };
    looked.remarks.iter().for_each(|remark| say(remark));
    if !json {
        answer::lines(plan::lines(&plan))?;
    }
    let held_key = plan.held_key().is_some();
    let plan = plan
        .confirm(consent)
        .map_err(|_| Failure::new(FailureKind::Usage, "--confirm does not name the campus; nothing was sent."))?;
    match session.ops.apply(&writer, plan, &looked.snapshot).await {
        Ok(applied) => after(&applied, told(session, steps, &applied, json)),
        Err(failure) => {
            refused(session, steps, &failure, json, &looked.snapshot).await?;
            if held_key && !json {
                answer::lines(cards(session, steps, CardScope::Whole, &looked.snapshot))?;
            }
            Err(failure)
        }
    }
}

/// Nothing was sent: with `--json` there is an object all the same; after a change underneath, the new plan is shown.
async fn refused(
    session: &CampusSession,
    steps: &[StepId],
    failure: &Failure,
    json: bool,
    seen: &Snapshot,
) -> Result<(), Failure> {
    let fresh = if failure.kind == FailureKind::Changed { Some(session.ops.plan(steps).await?) } else { None };
    if json {
        let snapshot = fresh.as_ref().map_or(seen, |(_, looked)| &looked.snapshot);
        let applied = session.ops.not_applied(snapshot, steps, Some(failure.clone()));
        return answer::json(&applied_json(&session.ops.site, &applied));
    }
    match fresh {
        Some((plan, _)) => answer::lines(plan::lines(&plan).into_iter().chain(plan::how_to_write(&plan))),
        None => Ok(()),
    }
}

fn has_api(id: StepId) -> bool {
    Recipe::embedded().step(id).fields().any(|field| field.channel != Channel::Screen)
}

fn told(session: &CampusSession, steps: &[StepId], applied: &ApplyResult, json: bool) -> Outcome {
    let site = &session.ops.site;
    applied.remarks.iter().for_each(|remark| say(remark));
    let results = &applied.results;
    if json {
        answer::json(&applied_json(site, applied))?;
    } else {
        answer::lines(["", "Read back:"])?;
        answer::lines(results.iter().flat_map(|(change, result)| change_lines(change, Some(result.words()))))?;
        if applied.failure.is_some() {
            answer::lines(cards(session, steps, CardScope::Whole, &applied.snapshot))?;
        } else {
            answer::lines(cards(session, steps, CardScope::ScreenOnly, &applied.snapshot))?;
        }
    }
    match &applied.failure {
        Some(failure) => Err(failure.clone()),
        None => Ok(applied.report.exit_code()),
    }
}

/// What nobody could read of it is in the journal, where anything was sent.
fn after(applied: &ApplyResult, told: Outcome) -> Outcome {
    if applied.wrote() { answer::of_done(told) } else { told }
}

fn cards(session: &CampusSession, steps: &[StepId], scope: CardScope, snapshot: &Snapshot) -> Vec<String> {
    let card = |id: &StepId| card(Recipe::embedded(), &session.ops.site, snapshot, *id, scope);
    let cards: Vec<Card> = steps.iter().map(card).filter(|card| !card.groups.is_empty()).collect();
    if cards.is_empty() {
        return Vec::new();
    }
    let head = ["".to_owned(), "For a person to enter, then to sign off with last-resort attest:".to_owned()];
    head.into_iter().chain(cards.iter().flat_map(Card::lines)).collect()
}

/// Steps without an API: the value card, exit 4.
fn by_hand(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let snapshot = session.ops.unseen()?;
    if json {
        answer::json(&applied_json(&session.ops.site, &session.ops.not_applied(&snapshot, steps, None)))?;
    } else {
        answer::lines(cards(session, steps, CardScope::Whole, &snapshot))?;
    }
    Ok(FailureKind::ByHand.exit_code())
}

/// `undo`
pub(super) async fn undo(session: &CampusSession, consent: &Consent) -> Outcome {
    let (writer, _lock) = session.writer()?;
    let done = session.ops.undo(&writer, consent).await?;
    answer::of_done(answer::lines([done]))?;
    Ok(0)
}

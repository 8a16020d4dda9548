//! The commands `apply` and `undo`.
use super::output::{self, Outcome};
use super::plan::{self, ByHand};
use super::session::CampusSession;
use crate::engine::card::{Card, CardScope, card};
use crate::engine::judge::{Snapshot, already_ours, maybe_ours};
use crate::engine::plan::{Confirmed, Consent, ConsentGap, Plan};
use crate::engine::render::{applied_json, change_lines};
use crate::engine::results::ApplyResult;
use crate::failure::{Failure, FailureKind};
use crate::recipe::{Channel, Recipe, StepId};
use crate::site::Site;

/// What somebody asked `apply` for.
pub(super) struct ApplyWish {
    pub(super) steps: Vec<StepId>,
    pub(super) consent: Consent,
    /// The partners beside which ours may be created.
    pub(super) beside: Vec<String>,
    /// The digest that the plan must have.
    pub(super) digest: Option<String>,
    pub(super) json: bool,
}

/// Writes what has an API, and prints value cards for what a person must enter.
pub(super) async fn apply(session: &CampusSession, wish: ApplyWish) -> Outcome {
    let ApplyWish { steps, consent, beside, digest, json } = wish;
    let (steps, site) = (steps.as_slice(), &session.ops.site);
    if let Some(none) = steps.iter().find(|id| Recipe::embedded().step(**id).groups.is_empty()) {
        return Err(Failure::new(FailureKind::Usage, format!("The step {none} has nothing to apply."))
            .hint(site.command(&format!("check {none}"))));
    }
    if !steps.iter().any(|id| has_api(*id)) {
        return match (digest, beside.as_slice()) {
            (None, []) => print_cards(session, steps, json),
            _ => Err(Failure::new(
                FailureKind::Usage,
                "--plan and --beside work only with the steps partner and parameters. Nothing was written.",
            )
            .hint("leave them out, or name one of these steps: last-resort apply partner parameters")),
        };
    }
    let begun = match session.writer() {
        Ok(writer) => session.ops.plan(steps).await.map(|planned| (writer, planned)),
        Err(failure) => Err(failure),
    };
    let ((writer, _lock), (plan, checked)) = match begun {
        Ok(begun) => begun,
        Err(failure) if json => {
            // The JSON shows the values even if nothing can be written, so read them if possible.
            let seen = session.ops.plan(steps).await.map(|(_, checked)| checked.snapshot);
            let seen =
                seen.or_else(|_| session.ops.snapshot_without_reads()).unwrap_or_else(|_| session.ops.empty_snapshot());
            print_refusal(session, steps, &failure, json, &seen).await?;
            return Err(failure);
        }
        Err(failure) => return Err(failure),
    };
    output::say_all(&checked.remarks);
    if !json {
        output::lines(plan::lines(site, &plan, ByHand::Listed))?;
    }
    let held_key = plan.held_key().is_some();
    let confirmed = match confirmed(site, plan, &consent.beside(beside), digest.as_deref()) {
        Ok(confirmed) => confirmed,
        Err(failure) => return not_confirmed(session, steps, &checked.snapshot, failure, json),
    };
    match session.ops.apply(&writer, confirmed, &checked.snapshot).await {
        Ok(applied) => {
            let printed = print_result(session, steps, &applied, json);
            output::already_done_if(applied.wrote(), printed)
        }
        Err(failure) => {
            print_refusal(session, steps, &failure, json, &checked.snapshot).await?;
            if held_key && !json {
                output::lines(cards(session, steps, CardScope::Whole, &checked.snapshot))?;
            }
            Err(failure)
        }
    }
}

/// The end of an apply whose plan nobody confirmed. The JSON shows the values all the same.
fn not_confirmed(session: &CampusSession, steps: &[StepId], seen: &Snapshot, failure: Failure, json: bool) -> Outcome {
    if json {
        let applied = session.ops.not_applied(seen, steps, Some(failure.clone()));
        output::json(&applied_json(&session.ops.site, &applied))?;
    }
    Err(failure)
}

/// The plan as somebody confirmed it: made for this campus, with the digest they named, beside partners they named.
fn confirmed(site: &Site, plan: Plan, consent: &Consent, digest: Option<&str>) -> Result<Plan<Confirmed>, Failure> {
    let (now, how) = (plan.digest(), plan::write_command(site, &plan));
    if digest.is_some_and(|digest| !digest.trim().eq_ignore_ascii_case(&now)) {
        let what = format!("The new plan has another digest than --plan: {now}. Nothing was sent.");
        return Err(Failure::new(FailureKind::Refused, what).hint(match plan.writes_anything() {
            true => format!("check the new plan; if it is right: {how}"),
            false => format!("check the new plan, which writes nothing: {}", site.command("plan")),
        }));
    }
    plan.confirm(consent).map_err(|gap| match gap {
        ConsentGap::Campus => {
            Failure::new(FailureKind::Usage, "--confirm does not match the campus code. Nothing was sent.")
        }
        ConsentGap::Beside(open) => {
            Failure::new(FailureKind::Refused, format!("Nothing was sent: {}.", maybe_ours(&open)))
                .hint(already_ours(&open))
                .hint(format!("to create ILLiad beside it: {how}"))
        }
    })
}

/// Prints what goes with a refused apply, where nothing was sent: a JSON object with `--json`, otherwise the new plan if the record changed
/// since the plan was made.
async fn print_refusal(
    session: &CampusSession,
    steps: &[StepId],
    failure: &Failure,
    json: bool,
    seen: &Snapshot,
) -> Result<(), Failure> {
    let fresh = if failure.kind == FailureKind::Changed { Some(session.ops.plan(steps).await?) } else { None };
    if json {
        let snapshot = fresh.as_ref().map_or(seen, |(_, checked)| &checked.snapshot);
        let applied = session.ops.not_applied(snapshot, steps, Some(failure.clone()));
        return output::json(&applied_json(&session.ops.site, &applied));
    }
    match fresh {
        Some((plan, _)) => {
            let how = plan::how_to_write(&session.ops.site, &plan);
            output::lines(plan::lines(&session.ops.site, &plan, ByHand::Listed).into_iter().chain(how))
        }
        None => Ok(()),
    }
}

fn has_api(id: StepId) -> bool {
    Recipe::embedded().step(id).fields().any(|field| field.channel != Channel::Screen)
}

fn print_result(session: &CampusSession, steps: &[StepId], applied: &ApplyResult, json: bool) -> Outcome {
    let site = &session.ops.site;
    output::say_all(&applied.remarks);
    let results = &applied.results;
    if json {
        output::json(&applied_json(site, applied))?;
    } else {
        output::lines(["", "Read back:"])?;
        output::lines(results.iter().flat_map(|(change, result)| change_lines(change, Some(result.words()))))?;
        let scope = if applied.failure.is_some() { CardScope::Whole } else { CardScope::ScreenOnly };
        output::lines(cards(session, steps, scope, &applied.snapshot))?;
    }
    match &applied.failure {
        Some(failure) => Err(failure.clone()),
        None => Ok(applied.report.exit_code()),
    }
}

fn cards(session: &CampusSession, steps: &[StepId], scope: CardScope, snapshot: &Snapshot) -> Vec<String> {
    let card = |id: &StepId| card(Recipe::embedded(), &session.ops.site, snapshot, *id, scope);
    let cards: Vec<Card> = steps.iter().map(card).filter(|card| !card.groups.is_empty()).collect();
    if cards.is_empty() {
        return Vec::new();
    }
    let head = ["".to_owned(), "Enter these by hand, then sign them off with last-resort attest:".to_owned()];
    head.into_iter().chain(cards.iter().flat_map(Card::lines)).collect()
}

/// Prints the value cards of steps without an API, and exits with 4.
fn print_cards(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let snapshot = session.ops.snapshot_without_reads()?;
    if json {
        output::json(&applied_json(&session.ops.site, &session.ops.not_applied(&snapshot, steps, None)))?;
    } else {
        output::lines(cards(session, steps, CardScope::Whole, &snapshot))?;
    }
    Ok(FailureKind::ByHand.exit_code())
}

/// Runs `undo` and prints what was done.
pub(super) async fn undo(session: &CampusSession, consent: &Consent, json: bool) -> Outcome {
    let (writer, _lock) = session.writer()?;
    let done = session.ops.undo(&writer, consent).await?;
    output::already_done(if json {
        output::json(&serde_json::json!({"schema": 1, "campus": session.ops.site.institution.as_str(), "done": done}))
    } else {
        output::lines([done])
    })?;
    Ok(0)
}

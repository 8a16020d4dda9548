//! `plan`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::engine::plan::{Plan, objections};
use crate::engine::render::{change_lines, plan_json};
use crate::recipe::{Recipe, StepId};

/// What `apply` would change.
pub(super) async fn plan(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let (plan, looked) = session.ops.plan(steps).await?;
    let site = &session.ops.site;
    let mut remarks = looked.remarks.clone();
    let objections = objections(Recipe::embedded(), site, &looked.snapshot, &plan);
    remarks.extend(
        objections.iter().map(|why| format!("This could not be applied now: {}; next: {}", why.what, why.next)),
    );
    remarks.iter().for_each(|remark| say(remark));
    if json {
        answer::json(&plan_json(&plan, &remarks))?;
    } else {
        answer::lines(lines(&plan).into_iter().chain(how_to_write(&plan)))?;
    }
    Ok(match looked.report.exit_code() {
        1 => 1,
        _ if plan.due().next().is_some() => 3,
        code => code,
    })
}

/// A plan as plain lines.
pub(super) fn lines<Stage>(plan: &Plan<Stage>) -> Vec<String> {
    let mut lines = vec![format!("Plan for {} ({})", plan.campus, plan.environment.as_str())];
    lines.extend(plan.obstacles.iter().map(|why| format!("Nothing can be written: {why}")));
    if plan.changes.is_empty() {
        lines.push("Nothing to change.".to_owned());
    }
    lines.extend(plan.changes.iter().flat_map(|change| change_lines(change, None)));
    lines
}

/// The command that writes it, where there is anything to write.
pub(super) fn how_to_write<Stage>(plan: &Plan<Stage>) -> Vec<String> {
    if !plan.writes_anything() {
        return Vec::new();
    }
    let steps = StepId::ALL.into_iter().filter(|id| plan.due().any(|change| change.key.step() == Some(*id)));
    let steps: Vec<&str> = steps.map(StepId::as_str).collect();
    vec![
        String::new(),
        format!("To write it: last-resort apply {1} --campus {0} --confirm {0}", plan.campus, steps.join(" ")),
    ]
}

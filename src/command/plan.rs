//! The command `plan`: shows what `apply` would change.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::engine::judge::{already_ours, maybe_ours};
use crate::engine::plan::{Action, Change, Draft, Plan, objections};
use crate::engine::render::{change_lines, plan_json};
use crate::failure::Failure;
use crate::recipe::{Recipe, StepId};
use crate::site::Site;
use crate::text::clean;
use crate::tui::text::count;

/// A plan with what a person should know about it.
pub(super) struct PlannedCampus {
    pub(super) plan: Plan<Draft>,
    pub(super) remarks: Vec<String>,
    checked: u8,
    site: Site,
}

impl PlannedCampus {
    /// The plan as lines of text, with how to write it.
    pub(super) fn lines(&self, by_hand: ByHand) -> Vec<String> {
        [lines(&self.site, &self.plan, by_hand), how_to_write(&self.site, &self.plan)].concat()
    }

    /// 3 if changes are due, else as `check`.
    pub(super) fn exit_code(&self) -> u8 {
        match self.checked {
            1 => 1,
            _ if self.plan.due().next().is_some() => 3,
            code => code,
        }
    }
}

/// Prints what `apply` would change and what a person must do.
pub(super) async fn plan(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let planned = planned(session, steps).await?;
    output::say_all(&planned.remarks);
    if json {
        output::json(&plan_json(&planned.plan, &planned.remarks))?;
    } else {
        output::lines(planned.lines(ByHand::Listed))?;
    }
    Ok(planned.exit_code())
}

/// Works out what `apply` would change, and says what keeps it from being applied.
pub(super) async fn planned(session: &CampusSession, steps: &[StepId]) -> Result<PlannedCampus, Failure> {
    let (plan, checked) = session.ops.plan(steps).await?;
    let mut remarks = checked.remarks;
    let objections = objections(Recipe::embedded(), &session.ops.site, &checked.snapshot, &plan);
    remarks.extend(
        objections.iter().map(|why| format!("This plan cannot be applied now: {}\n  next: {}", why.plain(), why.next)),
    );
    Ok(PlannedCampus { plan, remarks, checked: checked.report.exit_code(), site: session.ops.site.clone() })
}

/// How a plan shows the values that only a person can enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByHand {
    /// Each with what it is for.
    Listed,
    /// In one line, with the command that lists them.
    Counted,
}

/// The plan as lines of text.
pub(super) fn lines<Stage>(site: &Site, plan: &Plan<Stage>, by_hand: ByHand) -> Vec<String> {
    let mut lines = vec![format!("Plan for {} ({})", plan.campus, plan.environment.as_str())];
    lines.extend(plan.obstacles.iter().map(|why| format!("Nothing can be written: {why}")));
    if plan.changes.is_empty() {
        lines.push("Nothing to change.".to_owned());
    }
    let listed = |change: &&Change| by_hand == ByHand::Listed || change.action != Action::ByHand;
    lines.extend(plan.changes.iter().filter(listed).flat_map(|change| change_lines(change, None)));
    let folded = plan.changes.iter().filter(|change| !listed(change)).count();
    if folded > 0 {
        let values = count(folded, "value");
        lines.push(format!("by_hand  {values}; to list them: {}", site.command("plan")));
    }
    lines.extend(plan.neighbours.chunks(1).map(|other| format!("A question: {}", maybe_ours(other))));
    lines.push(format!("Digest: {}", plan.digest()));
    lines
}

/// The lines that say how to write the plan; empty if there is nothing to write.
pub(super) fn how_to_write<Stage>(site: &Site, plan: &Plan<Stage>) -> Vec<String> {
    if !plan.writes_anything() {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    if !plan.created_beside().is_empty() {
        lines.push(format!("{} Creating ILLiad beside it needs --beside.", already_ours(plan.created_beside())));
    }
    lines.push(format!("To write it: {}", write_command(site, plan)));
    lines
}

/// The command that writes this plan and no other.
pub(super) fn write_command<Stage>(site: &Site, plan: &Plan<Stage>) -> String {
    let steps = StepId::ALL.into_iter().filter(|id| plan.due().any(|change| change.key.step() == Some(*id)));
    let steps: Vec<&str> = steps.map(StepId::as_str).collect();
    let beside = plan.created_beside().iter().map(|other| format!(" --beside {}", as_argument(&other.code)));
    format!(
        "{} --plan {}{}",
        site.confirmed(&format!("apply {}", steps.join(" "))),
        plan.digest(),
        beside.collect::<String>()
    )
}

/// A text as one argument in a shell.
fn as_argument(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    match text.chars().all(plain) && !text.starts_with('-') {
        true => text.to_owned(),
        false => format!("'{}'", clean(text, 100).replace('\'', "'\\''")),
    }
}

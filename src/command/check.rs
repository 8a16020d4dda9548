//! The command `check`: reads both systems and compares.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::engine::render::{check_json, report_lines};
use crate::recipe::StepId;

/// Reads both systems, compares every value of the steps and prints the findings.
pub(super) async fn check(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let checked = session.ops.check(steps).await?;
    let site = &session.ops.site;
    output::say_all(&checked.remarks);
    if json {
        output::json(&check_json(site, &checked.report, &checked.remarks))?;
    } else {
        output::lines([output::heading(site)])?;
        output::lines(report_lines(site, &checked.report, output::details()))?;
    }
    Ok(checked.report.exit_code())
}

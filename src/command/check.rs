//! `check`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::engine::render::{check_json, report_lines};
use crate::recipe::StepId;

/// Reads, compares, prints.
pub(super) async fn check(session: &CampusSession, steps: &[StepId], json: bool) -> Outcome {
    let looked = session.ops.check(steps).await?;
    let site = &session.ops.site;
    looked.remarks.iter().for_each(|remark| say(remark));
    if json {
        answer::json(&check_json(site, &looked.report, &looked.remarks))?;
    } else {
        answer::lines([format!("{}  {}  {}", site.name, site.institution, site.environment.as_str().to_uppercase())])?;
        answer::lines(report_lines(&looked.report))?;
    }
    Ok(looked.report.exit_code())
}

//! The command `report`: prints the hand-off.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::cli::ReportFormat;
use crate::engine::handoff::{self, Systems};
use crate::recipe::{Owner, Recipe, StepId};

/// Reads everything and prints the hand-off document. The exit code says that it was written or, if `judged`, what `check` would say.
pub(super) async fn report(
    session: &CampusSession,
    format: ReportFormat,
    reader: Option<Owner>,
    judged: bool,
) -> Outcome {
    let checked = session.ops.check(&StepId::ALL).await?;
    output::say_all(&checked.remarks);
    let document = handoff::build(
        Recipe::embedded(),
        &session.ops.site,
        &checked.snapshot,
        &checked.report,
        &checked.remarks,
        Systems::Campus,
        reader,
    );
    match format {
        ReportFormat::Text => output::lines(handoff::text(&document))?,
        ReportFormat::Md => output::text(&handoff::markdown(&document))?,
        ReportFormat::Html => output::html(&handoff::html(&document))?,
    }
    Ok(if judged { checked.report.exit_code() } else { 0 })
}

/// Reads everything and prints the hand-off as JSON.
pub(super) async fn report_json(session: &CampusSession, as_check: bool) -> Outcome {
    let checked = session.ops.check(&StepId::ALL).await?;
    output::say_all(&checked.remarks);
    let (site, remarks) = (&session.ops.site, &checked.remarks);
    output::json(&handoff::handoff_json(Recipe::embedded(), site, &checked.snapshot, &checked.report, remarks))?;
    Ok(if as_check { checked.report.exit_code() } else { 0 })
}

//! `report`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::cli::ReportFormat;
use crate::engine::handoff::{self, Systems};
use crate::recipe::{Recipe, StepId};

/// Reads everything, then writes the hand-off down.
pub(super) async fn report(session: &CampusSession, format: ReportFormat) -> Outcome {
    let looked = session.ops.check(&StepId::ALL).await?;
    looked.remarks.iter().for_each(|remark| say(remark));
    let document = handoff::build(
        Recipe::embedded(),
        &session.ops.site,
        &looked.snapshot,
        &looked.report,
        &looked.remarks,
        Systems::Campus,
    );
    match format {
        ReportFormat::Text => answer::lines(handoff::text(&document))?,
        ReportFormat::Md => answer::bytes(handoff::markdown(&document).as_bytes())?,
        ReportFormat::Html => answer::bytes(handoff::html(&document).as_bytes())?,
    }
    Ok(looked.report.exit_code())
}

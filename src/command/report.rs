//! `report`
use super::answer::{self, Outcome, say};
use super::session::Session;
use crate::cli::ReportFormat;
use crate::engine::handoff::{self, Systems};
use crate::ports::Journal as _;
use crate::recipe::{Recipe, StepId};

/// Reads everything, then writes the hand-off down.
pub(super) async fn report(session: &Session, format: ReportFormat) -> Outcome {
    let looked = session.bench.check(&StepId::ALL).await?;
    looked.remarks.iter().for_each(|remark| say(remark));
    let lines = session.bench.journal.read()?;
    let document = handoff::build(
        Recipe::embedded(),
        &session.bench.site,
        &looked.snapshot,
        &looked.report,
        &lines,
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

//! A step's mark, its menu path, and why its values were not read.
use crate::engine::judge::{Finding, StepReport, StepState, Verdict, Weight};
use crate::tui::model::{Campus, Model, StepStatus};
use crate::tui::parts::judgement;
use crate::tui::row::Tone;
use crate::tui::script::CHEVRON;
use crate::tui::script::Mark;
use crate::tui::text;

/// Returns the mark of a step.
pub(in crate::tui) fn step_mark(campus: &Campus, standing: &StepStatus) -> (Mark, Tone) {
    if campus.reading(standing.report.id).is_some() {
        return (Mark::Asked, Tone::Plain);
    }
    if standing.read.is_none() {
        return (Mark::Waiting, Tone::Faint);
    }
    if standing.report.is_to_prove_again() {
        return (Mark::Waiting, Tone::Warn);
    }
    judgement::state_mark(standing.report.state())
}

/// A menu path in at most this many columns. If it is too long, the outermost menus are left out.
pub(in crate::tui) fn menu(model: &Model, path: &[String], columns: usize) -> String {
    let dots = model.script.dots();
    let whole = path.join(CHEVRON);
    if text::width(&whole) <= columns {
        return whole;
    }
    let mut tails = (1..path.len()).map(|skip| format!("{dots}{CHEVRON}{}", path[skip..].join(CHEVRON)));
    tails.find(|tail| text::width(tail) <= columns).unwrap_or_else(|| text::cut_left(&whole, columns, dots))
}

/// Reasons that more than one value gives, each once, with how many give it.
pub(in crate::tui) fn shared_reasons(report: &StepReport) -> Vec<(String, Mark, usize)> {
    let mut shared: Vec<(String, Mark, usize)> = Vec::new();
    for finding in &report.findings {
        let Some(reason) = reason_of(finding) else { continue };
        match shared.iter_mut().find(|(other, ..)| *other == reason) {
            Some((.., count)) => *count += 1,
            None => {
                let (mark, _) = judgement::verdict_mark(&finding.verdict, Weight::Counts);
                shared.push((reason, mark, 1));
            }
        }
    }
    shared.retain(|(.., count)| *count > 1);
    shared
}

/// Why a value is unread, absent or waiting.
pub(in crate::tui) fn reason_of(finding: &Finding) -> Option<String> {
    match &finding.verdict {
        Verdict::Absent => Some("not in Alma yet".to_owned()),
        Verdict::Unread(why) => Some(why.plain().to_owned()),
        verdict => verdict.reason(),
    }
}

/// Returns whether a state leaves nothing to do.
pub(in crate::tui) fn is_done(state: StepState) -> bool {
    matches!(state, StepState::Verified | StepState::Attested)
}

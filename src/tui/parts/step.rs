//! A step's mark, its menu path, and why its values were not read.
use crate::engine::judge::{FieldPlace, Finding, StepReport, StepState, Verdict, Weight};
use crate::recipe::{BLANK, Recipe};
use crate::tui::model::{Campus, Model, StepStatus};
use crate::tui::parts::judgement;
use crate::tui::row::Tone;
use crate::tui::script::CHEVRON;
use crate::tui::script::Mark;
use crate::tui::text;
use std::borrow::Cow;

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

/// The words for what needs somebody, one value and several, problems first.
const OPEN: [(&str, &str); 5] = [
    ("contradicted", "contradicted"),
    ("differs", "differ"),
    ("absent", "absent"),
    ("unread", "unread"),
    ("waiting", "waiting"),
];

/// The place of a verdict in [`OPEN`]. `None` if nobody needs to act on it.
fn open_kind(verdict: &Verdict) -> Option<usize> {
    match verdict {
        Verdict::Contradicted(_) => Some(0),
        Verdict::Differs(_) => Some(1),
        Verdict::Absent => Some(2),
        Verdict::Unread(_) => Some(3),
        Verdict::Waiting(_) => Some(4),
        Verdict::Same(_) | Verdict::Attested(_) => None,
    }
}

/// How many values of a step need somebody, problems first: `2 differ, 3 waiting`. `None` if none does, or if an earlier step comes first.
pub(in crate::tui) fn open_words(report: &StepReport) -> Option<String> {
    if report.state() == StepState::Blocked {
        return None;
    }
    let counted = OPEN.iter().enumerate().filter_map(|(kind, (one, more))| {
        let count = report.counted().filter(|finding| open_kind(&finding.verdict) == Some(kind)).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { more }))
    });
    Some(counted.collect::<Vec<_>>().join(", ")).filter(|words| !words.is_empty())
}

/// The name of a value where the heading above it is not shown.
pub(in crate::tui) fn name_of(finding: &Finding) -> Cow<'_, str> {
    Recipe::embedded().distinct_label(&finding.key).map_or(Cow::Borrowed(&finding.label), Cow::Owned)
}

/// What was found instead of the wanted value, as screens show it.
pub(in crate::tui) fn found_words(finding: &Finding) -> Cow<'_, str> {
    let nothing = if matches!(finding.place, FieldPlace::Api(_)) { "nothing" } else { BLANK };
    finding.got.as_deref().map_or(Cow::Borrowed(nothing), text::quoted)
}

/// What is wrong with a value, in a few words: `differs, found 5, wanted 0`.
pub(in crate::tui) fn trouble_words(finding: &Finding) -> String {
    match (&finding.verdict, finding.want.as_deref()) {
        (Verdict::Differs(_), Some(want)) => {
            format!("differs, found {}, wanted {}", found_words(finding), text::quoted(want))
        }
        (Verdict::Contradicted(against), _) => format!("contradicted, {}", against.words()),
        (verdict, _) => reason_of(finding).unwrap_or_else(|| judgement::verdict_words(verdict).to_owned()),
    }
}

/// Returns whether a state leaves nothing to do.
pub(in crate::tui) fn is_done(state: StepState) -> bool {
    matches!(state, StepState::Verified | StepState::Attested)
}

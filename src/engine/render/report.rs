//! Shows findings and plans as plain lines and in the JSON of the contract.
use super::change::{ChangeJson, NeighbourJson, became_json, neighbour_json, planned_json};
use super::details::Details;
use super::origin::origin_json;
use crate::engine::journal::SignOff;
use crate::engine::judge::{
    Completion, Contradiction, Evidence, Finding, MissingKeys, Prerequisite, Report, StepReport, StepState, Verdict,
    Weight, with_consent,
};
use crate::engine::observed::UnreadReason;
use crate::engine::plan::{Change, Plan, WriteResult};
use crate::engine::results::ApplyResult;
use crate::recipe::StepId;
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Version of the JSON schema.
pub(crate) const SCHEMA: u32 = 1;

/// The output of `check --json`.
#[derive(Debug, Serialize)]
pub struct CheckJson {
    schema: u32,
    version: &'static str,
    campus: String,
    environment: &'static str,
    checked_at: String,
    state: &'static str,
    steps: Vec<StepJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

/// A step in JSON.
#[derive(Debug, Serialize)]
pub struct StepJson {
    id: StepId,
    title: String,
    owner: &'static str,
    state: &'static str,
    findings: Vec<FindingJson>,
}

#[derive(Debug, Serialize)]
struct FindingJson {
    key: String,
    label: String,
    want: Option<String>,
    got: Option<String>,
    verdict: &'static str,
    evidence: Option<&'static str>,
    channel: &'static str,
    at: String,
    hint: Option<String>,
    /// What the procedure says, of an agreed difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    /// Why a difference was agreed on, or else why the verdict is what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Why the verdict is what it is, of an agreed difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// A file with its stamp, `pasted`, or the remark of a sign-off.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contradicted: Option<ContradictionJson>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    advisory: bool,
}

/// The evidence that speaks against a sign-off, in JSON.
#[derive(Debug, Serialize)]
struct ContradictionJson {
    got: String,
    by: String,
    on: String,
    source: Value,
}

/// The output of `plan --json` and `apply --json`.
#[derive(Debug, Serialize)]
pub struct PlanJson {
    schema: u32,
    campus: String,
    environment: &'static str,
    digest: String,
    changes: Vec<ChangeJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    obstacles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    neighbours: Vec<NeighbourJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepJson>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

/// A check as the contract's JSON.
pub fn check_json(site: &Site, report: &Report, remarks: &[String]) -> CheckJson {
    CheckJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        campus: site.institution.to_string(),
        environment: site.environment.as_str(),
        checked_at: report.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        state: report.state().as_str(),
        steps: steps_json(report),
        remarks: remarks.to_vec(),
    }
}

pub(crate) fn steps_json(report: &Report) -> Vec<StepJson> {
    let step = |step: &StepReport| StepJson {
        id: step.id,
        title: step.title.clone(),
        owner: step.owner.as_str(),
        state: step.state().as_str(),
        findings: step.findings.iter().map(finding_json).collect(),
    };
    report.steps.iter().map(step).collect()
}

fn finding_json(finding: &Finding) -> FindingJson {
    let said = finding.verdict.sign_off();
    let origin = finding.origin.as_ref();
    let agreed = finding.agreed.as_ref();
    let note = said.and_then(|said| said.note.clone());
    let against = |against: &Contradiction| ContradictionJson {
        got: against.got.clone(),
        by: clean(&against.origin.who, 64),
        on: second(against.origin.when),
        source: origin_json(&against.origin),
    };
    FindingJson {
        key: finding.key.to_string(),
        label: finding.label.clone(),
        want: finding.want.clone(),
        got: finding.got.clone(),
        verdict: finding.verdict.as_str(),
        evidence: finding.verdict.evidence().map(Evidence::as_str),
        channel: finding.place.channel(),
        at: finding.place.at().to_owned(),
        hint: finding.hint.clone(),
        procedure: agreed.map(|agreed| agreed.procedure.clone()),
        reason: agreed.map(|agreed| agreed.reason.clone()).or_else(|| finding.verdict.reason()),
        why: agreed.and_then(|_| finding.verdict.reason()),
        by: said.map(|said| &said.who).or(origin.map(|origin| &origin.who)).map(|who| clean(who, 64)),
        on: said.map(|said| said.when).or(origin.map(|origin| origin.when)).map(second),
        source: origin.map(origin_json).or_else(|| note.clone().map(Value::from)),
        note,
        contradicted: finding.verdict.contradiction().map(against),
        advisory: finding.weight == Weight::Advisory,
    }
}

/// A time as JSON has it.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A plan as the contract's JSON.
pub fn plan_json<Stage>(plan: &Plan<Stage>, remarks: &[String]) -> PlanJson {
    PlanJson {
        schema: SCHEMA,
        campus: plan.campus.to_string(),
        environment: plan.environment.as_str(),
        digest: plan.digest(),
        changes: plan.changes.iter().map(planned_json).collect(),
        obstacles: plan.obstacles.clone(),
        neighbours: plan.neighbours.iter().map(neighbour_json).collect(),
        steps: None,
        remarks: remarks.to_vec(),
    }
}

/// An apply as the contract's JSON: the plan with a result in each change, and the steps as read back. A change of
/// unknown outcome has no result, but says why.
pub fn applied_json(site: &Site, applied: &ApplyResult) -> PlanJson {
    let became = |(change, became): &(Change, WriteResult)| became_json(change, *became, &applied.report);
    PlanJson {
        schema: SCHEMA,
        campus: site.institution.to_string(),
        environment: site.environment.as_str(),
        digest: applied.plan.clone(),
        changes: applied.results.iter().map(became).collect(),
        obstacles: Vec::new(),
        neighbours: Vec::new(),
        steps: Some(steps_json(&applied.report)),
        remarks: applied.remarks.clone(),
    }
}

/// A report as plain lines: each step with its state, its values with what was seen, and what to do next. The last line says whether
/// anything is left to do.
pub fn report_lines(site: &Site, report: &Report, details: Details) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut said, mut hints) = (Vec::new(), Vec::new());
    for step in &report.steps {
        lines.push(format!("{:<9} {}  ({})", step.state().words(), step.title, step.owner.as_str()));
        if let Prerequisite::Missing(needed) = step.ground {
            lines.push(format!("  blocked: complete {needed} first"));
        }
        lines.extend(values_lines(step, report, details, &mut said));
        let next: Vec<String> = next_lines(step).into_iter().filter(|hint| !hints.contains(hint)).collect();
        lines.extend(next.iter().map(|hint| format!("  next: {hint}")));
        hints.extend(next);
    }
    lines.push(String::new());
    let folded = report.findings().find_map(|finding| finding.verdict.unread()?.folded());
    lines.extend(folded.filter(|_| details == Details::Folded).map(|folded| details.line(folded)));
    lines.push(format!("{}: {} ({})", judged_words(site, report), report.state().words(), counts(report)));
    lines.extend(
        MissingKeys::of(report.findings())
            .map(|missing| format!("{} To set keys, run {}.", missing.words(), site.command(""))),
    );
    lines.extend(Completion::of(report.steps.iter(), site).map(|completion| completion.words(site)));
    lines
}

/// The values of a step. A cause that keeps several values from being read is said once, with how many values of the step it concerns.
fn values_lines<'a>(
    step: &'a StepReport,
    report: &Report,
    details: Details,
    said: &mut Vec<(&'a str, &'a str)>,
) -> Vec<String> {
    let cause = |finding: &'a Finding| finding.verdict.unread().map(UnreadReason::plain);
    let share = |findings: &mut dyn Iterator<Item = &Finding>, what: &str| {
        findings.filter(|finding| finding.verdict.unread().is_some_and(|why| why.plain() == what)).count()
    };
    let mut lines = Vec::new();
    let mut here = Vec::new();
    for finding in &step.findings {
        match cause(finding).filter(|what| share(&mut report.findings(), what) > 1) {
            None => {
                lines.extend(finding_lines(finding));
                lines.extend(details_lines(details, [finding]));
                lines.extend(finding.agreed.iter().map(|agreed| format!("             {}", agreed.words())));
            }
            Some(what) if here.contains(&what) => {}
            Some(what) => {
                here.push(what);
                let some = share(&mut step.findings.iter(), what);
                let advisory = &mut step.findings.iter().filter(|finding| finding.weight == Weight::Advisory);
                let values = match (some, share(advisory, what)) {
                    (1, _) => finding.label.clone() + advice(finding),
                    (some, 0) => format!("{some} values"),
                    (some, advisory) => format!("{some} values ({advisory} advisory)"),
                };
                let why = match said.iter().find(|(before, _)| *before == what) {
                    Some((_, title)) => format!("for the same reason as in {title}"),
                    None => what.to_owned(),
                };
                said.push((what, &step.title));
                lines.push(format!("  unread     {values}: {why}"));
                lines.extend(details_lines(details, step.findings.iter().filter(|one| cause(one) == Some(what))));
            }
        }
    }
    lines
}

/// The requests and the answers behind values that could not be read, each once.
fn details_lines<'a>(details: Details, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<String> {
    let mut all: Vec<&str> = Vec::new();
    for folded in findings.into_iter().filter_map(|finding| finding.verdict.unread()?.folded()) {
        if details == Details::Shown && !all.contains(&folded) {
            all.push(folded);
        }
    }
    all.into_iter().map(|folded| format!("            {}", details.line(folded))).collect()
}

/// What a report is about: `01CUNY_QC (sandbox), all steps` or `01CUNY_QC (sandbox), step rule`.
fn judged_words(site: &Site, report: &Report) -> String {
    let names: Vec<&str> = report.steps.iter().map(|step| step.id.as_str()).collect();
    let steps = match names.as_slice() {
        all if all.len() == StepId::ALL.len() => "all steps".to_owned(),
        [one] => format!("step {one}"),
        some => format!("steps {}", some.join(", ")),
    };
    format!("{} ({}), {steps}", site.institution, site.environment.as_str())
}

/// Counts the values by verdict, the most urgent first, for example `2 differ, 24 waiting, 48 same`.
pub(super) fn counts(report: &Report) -> String {
    let mut counted: Vec<(&Verdict, usize)> = Vec::new();
    for finding in report.deciding() {
        match counted.iter_mut().find(|(verdict, _)| verdict.as_str() == finding.verdict.as_str()) {
            Some((_, count)) => *count += 1,
            None => counted.push((&finding.verdict, 1)),
        }
    }
    counted.sort_by_key(|(verdict, _)| StepState::of(verdict));
    let told = counted.iter().map(|(verdict, count)| format!("{count} {}", verdict.words()));
    let against = report.findings().filter(|finding| finding.verdict.contradiction().is_some()).count();
    let against = (against > 0).then(|| format!("{against} of them contradicted by evidence"));
    told.chain(against).collect::<Vec<_>>().join(", ")
}

/// What marks a value that the counts leave out.
fn advice(finding: &Finding) -> &'static str {
    if finding.weight == Weight::Advisory { " (advisory)" } else { "" }
}

fn finding_lines(finding: &Finding) -> Vec<String> {
    let head = format!("  {:<10} {} [{}]{}", finding.verdict.words(), finding.label, finding.key, advice(finding));
    let got = finding.got.as_deref().unwrap_or("nothing");
    let want = finding.want.as_deref().unwrap_or("-");
    let origin = finding.origin.as_ref().map_or(String::new(), |origin| format!(", {}", origin.words()));
    match &finding.verdict {
        Verdict::Same(_) => vec![format!("{head}: {got}{origin}")],
        Verdict::Attested(said) => vec![format!("{head}: {got}, {}", signed_off(said))],
        Verdict::Contradicted(against) => vec![
            format!("{head}: {got}, {}", signed_off(&against.sign_off)),
            format!("             contradicted: {}", against.words()),
        ],
        Verdict::Differs(_) => {
            vec![head, format!("             wanted  {want}"), format!("             found   {got}{origin}")]
        }
        Verdict::Absent => vec![format!("{head}: not there; wanted {want}")],
        Verdict::Waiting(why) => vec![format!("{head}: {want}; {why}")],
        Verdict::Unread(why) => vec![format!("{head}: could not check: {}", why.plain())],
    }
}

fn signed_off(said: &SignOff) -> String {
    format!("signed off by {} on {}", said.who, said.when.strftime("%Y-%m-%d"))
}

/// What to do next in a step, without repeats. Several sign-offs become one for the whole step.
pub(crate) fn next_lines(step: &StepReport) -> Vec<String> {
    let mut hints: Vec<String> = Vec::new();
    for hint in step.findings.iter().filter_map(|finding| finding.hint.as_ref()) {
        let hint = match hint.strip_prefix("last-resort attest ").and_then(|rest| rest.split_once(' ')) {
            Some((_, campus)) => format!("last-resort attest {} {campus}", step.id),
            None => with_consent(hint),
        };
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

/// A change as plain lines. With `result` it says what became of the change, otherwise what the change is for.
pub fn change_lines(change: &Change, result: Option<&str>) -> Vec<String> {
    let mark = result.unwrap_or(change.action.as_str());
    let to = change.to.as_deref().unwrap_or("(empty)");
    let mut lines = vec![
        format!("{mark:<8} {} [{}]", change.label, change.key),
        format!("         {}  ->  {to}", change.from_words()),
    ];
    lines.extend(change.agreed.iter().map(|agreed| format!("         {}", agreed.words())));
    if result.is_none() {
        lines.push(format!("         {}", change.why));
    }
    lines
}

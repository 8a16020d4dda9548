//! Compares a report with what the checks before found.
use super::{Finding, Report, StepReport};
use crate::engine::journal::{KnownVerdict, PastVerdict, SetUpChange, VerdictChange};
use crate::recipe::{FieldKey, Recipe};
use jiff::Timestamp;
use std::collections::BTreeMap;

type PastVerdicts = BTreeMap<FieldKey, PastVerdict>;

fn known(finding: &Finding) -> KnownVerdict {
    KnownVerdict { verdict: finding.verdict.as_str().to_owned(), got: finding.got.clone() }
}

/// The verdicts and values that are not what the checks before found: what the journal has to keep.
pub fn verdict_news(report: &Report, past: &PastVerdicts) -> BTreeMap<FieldKey, KnownVerdict> {
    let found = report.findings().map(|finding| (finding.key.clone(), known(finding)));
    found.filter(|(key, now)| past.get(key).is_none_or(|before| before.known != *now)).collect()
}

/// The change to the set-up that this report shows, compared with what the checks before found.
pub(super) fn change_found(steps: &[StepReport], past: &PastVerdicts, now: Timestamp) -> Option<SetUpChange> {
    let values = steps.iter().flat_map(|step| &step.findings);
    let values = values.filter(|finding| Recipe::embedded().field(&finding.key).is_some());
    let before = values.filter_map(|finding| Some((past.get(&finding.key)?, known(finding))));
    let changed = before.filter(|(before, now)| before.known.is_changed_to(now));
    changed.map(|(before, _)| before.last).max().map(|after| SetUpChange::Found { after, at: now })
}

/// The fields whose verdict changed since the check before. A field that is checked for the first time has not changed.
pub fn verdict_changes(report: &Report, past: &PastVerdicts) -> Vec<VerdictChange> {
    let change = |finding: &Finding| {
        let before = past.get(&finding.key)?;
        let to = known(finding);
        let (from, since) = (before.known.clone(), before.last);
        (from.verdict != to.verdict).then(|| VerdictChange { key: finding.key.clone(), from, to, since })
    };
    report.findings().filter_map(change).collect()
}

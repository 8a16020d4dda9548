//! Judges the steps of the procedure.
use super::field::finding;
use super::overtaken::overtaken_evidence;
use super::since_change::since_change;
use super::snapshot::Snapshot;
use super::verdict::{Finding, Prerequisite, Report, StepReport};
use super::{connect, other_rows, patrons, proof};
use crate::recipe::{FieldKey, Recipe, Step, StepId};
use crate::site::Site;
use crate::text::unkeyed;
use std::collections::BTreeMap;

/// Judges the steps asked about. Their findings come from this snapshot.
pub fn verify(recipe: &Recipe, site: &Site, snapshot: &Snapshot, steps: &[StepId]) -> Report {
    let mut all: Vec<StepReport> = Vec::new();
    for step in &recipe.steps {
        let mut findings = findings(recipe, site, snapshot, step, &all);
        findings.iter_mut().for_each(hide_keys);
        let missing = |id: &StepId| all.iter().any(|done| done.id == *id && done.lacks_its_record());
        let ground = step.needs.iter().copied().find(missing).map_or(Prerequisite::Firm, Prerequisite::Missing);
        all.push(StepReport { id: step.id, title: step.title.clone(), owner: step.owner.at(site), ground, findings });
    }
    all.retain(|step| steps.contains(&step.id));
    Report { at: snapshot.at, steps: all }
}

/// Hides what has the shape of a key in a value that was read: nobody can tell whose key it is, and no value is one.
fn hide_keys(finding: &mut Finding) {
    if finding.got != finding.want
        && let Some(hidden) = finding.got.as_deref().and_then(unkeyed)
    {
        finding.got = Some(hidden);
    }
}

/// The findings of a step. What proves the set-up depends on the steps before it.
fn findings(recipe: &Recipe, site: &Site, snapshot: &Snapshot, step: &Step, before: &[StepReport]) -> Vec<Finding> {
    match step.id {
        StepId::Connect => connect::findings(recipe, site, snapshot),
        StepId::Patrons => patrons::findings(site, snapshot),
        StepId::Prove => {
            let mut all = proof::findings(recipe, site, snapshot);
            all.extend(since_change(recipe, site, snapshot, before, &all));
            all
        }
        _ => step
            .groups
            .iter()
            .flat_map(|group| group.fields.iter().map(move |field| (group, field)))
            .map(|(group, field)| finding(recipe, site, snapshot, group, field))
            .chain(other_rows::findings(site, snapshot, step.id))
            .collect(),
    }
}

/// The evidence that no longer counts, each with the reason.
pub fn overtaken(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> BTreeMap<FieldKey, String> {
    let report = verify(recipe, site, snapshot, &StepId::ALL);
    let why = |finding: &Finding| {
        let field = recipe.field(&finding.key)?;
        let shown = snapshot.journal.evidence.value(&finding.key)?;
        overtaken_evidence(snapshot, field, finding.want.as_deref(), shown).map(|why| (finding.key.clone(), why))
    };
    report.findings().filter_map(why).collect()
}

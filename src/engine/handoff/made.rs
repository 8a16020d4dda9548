//! From a check and the journal to the hand-off.
use super::row::rows;
use super::scrub::scrubbed;
use super::todo::todos;
use super::types::{Before, Handoff, Of, Standing, StepLine};
use super::wait::waits;
use crate::engine::journal::JournalEntry;
use crate::engine::judge::Snapshot;
use crate::engine::judge::{Finding, Report, StepReport, Verdict};
use crate::recipe::{Recipe, StepId};
use crate::site::Site;
use crate::text::clean;

/// Makes it. `report` must hold all steps, and be made from this snapshot.
#[must_use]
pub fn handoff(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    report: &Report,
    lines: &[JournalEntry],
    remarks: &[String],
) -> Handoff {
    let rows = rows(recipe, site, snapshot, report);
    let step =
        |step: &StepReport| StepLine { id: step.id, title: step.title.clone(), owner: step.owner, state: step.state() };
    Handoff {
        name: clean(&site.name, 120),
        code: site.institution.to_string(),
        environment: site.environment,
        stance: site.stance,
        at: report.at,
        state: report.state(),
        steps: report.steps.iter().map(step).collect(),
        waits: waits(recipe, site, snapshot, report, lines, &rows),
        todo: todos(recipe, site, snapshot, report, &rows),
        before: report.steps.iter().flat_map(|step| before(recipe, site, step)).collect(),
        remarks: remarks.iter().map(|remark| scrubbed(site, remark)).collect(),
        rows,
        of: Of::Campus,
    }
}

/// What a step found beside the procedure's values. Patrons are counted, never named.
fn before(recipe: &Recipe, site: &Site, step: &StepReport) -> Vec<Before> {
    if step.id == StepId::Patrons {
        return patrons(step);
    }
    let beside = step.findings.iter().filter(|finding| recipe.field(&finding.key).is_none());
    beside
        .map(|finding| Before {
            step: step.id,
            label: finding.label.clone(),
            standing: Standing::from(&finding.verdict),
            words: words(site, finding),
        })
        .collect()
}

fn words(site: &Site, finding: &Finding) -> String {
    let got = finding.got.as_deref().unwrap_or("nothing");
    let told = match &finding.verdict {
        Verdict::Differs(_) => {
            format!("{got}; should be {}", finding.want.as_deref().unwrap_or("something else"))
        }
        Verdict::Absent => "not there".to_owned(),
        Verdict::Unread(why) => format!("could not look: {}", why.what),
        Verdict::Waiting(why) => why.clone(),
        Verdict::Same(_) | Verdict::Attested(_) => got.to_owned(),
    };
    scrubbed(site, &told)
}

fn patrons(step: &StepReport) -> Vec<Before> {
    let counted =
        |standing: Standing| step.counted().filter(|finding| Standing::from(&finding.verdict) == standing).count();
    let all = step.counted().count();
    let row = |standing, words| Before { step: step.id, label: "Sample patrons".to_owned(), standing, words };
    Standing::ALL
        .into_iter()
        .filter(|standing| counted(*standing) > 0)
        .map(|standing| {
            let count = counted(standing);
            let words = match standing {
                Standing::Same => format!("{count} of {all} have the EMPLID as primary identifier and as username"),
                Standing::Differs => format!("{count} of {all} are not the same person to both systems"),
                Standing::Unread => format!("{count} of {all} could not be looked up"),
                _ => "nobody has agreed to be looked up yet".to_owned(),
            };
            row(standing, words)
        })
        .collect()
}

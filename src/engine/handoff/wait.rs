//! Who is waited for, and since when: since the step could have been done, or was undone.
use super::scrub::scrubbed;
use super::types::{Row, Standing, Wait};
use crate::engine::journal::{JournalEntry, JournalEvent, WriteOutcome};
use crate::engine::judge::Snapshot;
use crate::engine::judge::{Foundation, Report, StepReport, StepState};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Site;
use jiff::{SignedDuration, Timestamp};

/// Every step that is not done.
pub(super) fn waits(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    report: &Report,
    lines: &[JournalEntry],
    rows: &[Row],
) -> Vec<Wait> {
    let open = |step: &&StepReport| !is_done(step.state());
    let wait = |step: &StepReport| Wait {
        owner: step.owner,
        title: step.title.clone(),
        state: step.state(),
        since: since(recipe, site, snapshot, lines, step.id).unwrap_or(report.at),
        words: words(recipe, site, step, rows),
    };
    report.steps.iter().filter(open).map(wait).collect()
}

pub(super) fn is_done(state: StepState) -> bool {
    matches!(state, StepState::Attested | StepState::Verified)
}

fn words(recipe: &Recipe, site: &Site, step: &StepReport, rows: &[Row]) -> String {
    let mut told: Vec<String> = Vec::new();
    if let Foundation::Missing(needed) = step.ground {
        told.push(format!("needs {} first", recipe.step(needed).title));
    }
    let ours: Vec<&Row> = rows.iter().filter(|row| row.step == step.id).collect();
    if ours.is_empty() && told.is_empty() {
        let reasons: Vec<String> = reasons(site, step);
        if let [only] = reasons.as_slice() {
            return only.clone();
        }
    }
    for standing in [Standing::Differs, Standing::Absent, Standing::Unread, Standing::Waiting] {
        let count = match ours.is_empty() {
            true => step.findings.iter().filter(|finding| Standing::from(&finding.verdict) == standing).count(),
            false => ours.iter().filter(|row| row.standing == standing).count(),
        };
        match (count, ours.len()) {
            (0, _) => {}
            (count, 0) => told.push(format!("{count} {}", verb(standing, count))),
            (count, all) if count == all && count > 1 => {
                told.push(format!("all {all} values {}", verb(standing, count)))
            }
            (count, all) => told.push(format!("{count} of {all} values {}", verb(standing, count))),
        }
    }
    told.join("; ")
}

/// Why a step is not done, where its findings say so themselves.
pub(super) fn reasons(site: &Site, step: &StepReport) -> Vec<String> {
    step.findings.iter().filter_map(|finding| finding.verdict.reason()).map(|why| scrubbed(site, &why)).collect()
}

fn verb(standing: Standing, count: usize) -> &'static str {
    match (standing, count) {
        (Standing::Differs, 1) => "differs",
        (Standing::Differs, _) => "differ",
        (Standing::Absent, 1) => "is not there",
        (Standing::Absent, _) => "are not there",
        (Standing::Unread, _) => "could not be read",
        (Standing::Waiting, 1) => "waits for a person",
        (Standing::Waiting, _) => "wait for a person",
        (Standing::Attested | Standing::Same, _) => "done",
    }
}

/// The latest of: when work on the campus began, when what the step needs was first laid, when its own values were last taken back,
/// when what was shown of them got too old.
fn since(recipe: &Recipe, site: &Site, snapshot: &Snapshot, lines: &[JournalEntry], id: StepId) -> Option<Timestamp> {
    let begun = lines.first().map(|line| line.at);
    let laid = recipe.step(id).needs.iter().filter_map(|need| lines.iter().find(|line| lays(line, *need)));
    let taken_back = lines.iter().filter(|line| match &line.entry {
        JournalEvent::Revoked { fields, .. } => fields.iter().any(|key| key.step() == Some(id)),
        _ => false,
    });
    let patience = SignedDuration::from_hours(24 * i64::from(site.evidence_days));
    let stale = snapshot
        .shown
        .values
        .iter()
        .filter(|shown| shown.key.step() == Some(id))
        .filter_map(|shown| shown.when.checked_add(patience).ok())
        .filter(|until| *until <= snapshot.at);
    begun.into_iter().chain(laid.map(|line| line.at)).chain(taken_back.map(|line| line.at)).chain(stale).max()
}

/// Whether this line is the laying of a step's record: our write of the partner, or a person's word or list.
fn lays(line: &JournalEntry, step: StepId) -> bool {
    let ours = |key: &FieldKey| key.step() == Some(step);
    match &line.entry {
        JournalEvent::WriteEnded { outcome: WriteOutcome::Done(Some(_)), .. } => {
            matches!(step, StepId::Partner | StepId::Parameters)
        }
        JournalEvent::Attested { fields, .. } | JournalEvent::Shown { fields, .. } => fields.keys().any(ours),
        _ => false,
    }
}

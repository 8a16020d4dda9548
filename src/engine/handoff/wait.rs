//! Who is waited for, and since when.
use super::row::{EvidenceRow, HandoffInput, words as words_of};
use super::scrub::scrubbed;
use super::verdict_kind::VerdictKind;
use crate::engine::golive::switch;
use crate::engine::judge::{
    Evidence, Finding, Prerequisite, Report, Snapshot, StepReport, StepState, Verdict, since_live_key,
};
use crate::recipe::{Owner, Recipe, StepId};
use crate::site::Site;
use jiff::{SignedDuration, Timestamp};

/// A step that is not done, and who is waited for.
pub(super) struct OpenStep {
    pub(super) owner: Owner,
    pub(super) title: String,
    /// When the step became possible, or was undone.
    pub(super) since: Timestamp,
    /// What the step waits for.
    pub(super) words: String,
}

/// Every step that is not done.
pub(super) fn open_steps(input: HandoffInput<'_>, rows: &[EvidenceRow]) -> Vec<OpenStep> {
    let open = |step: &&StepReport| !step.is_settled();
    let open_step = |step: &StepReport| OpenStep {
        owner: step.owner,
        title: step.title.clone(),
        since: since(input, step.id).unwrap_or(input.report.at),
        words: words(input, step, rows),
    };
    input.report.steps.iter().filter(open).map(open_step).collect()
}

pub(super) fn is_done(state: StepState) -> bool {
    matches!(state, StepState::Attested | StepState::Verified)
}

fn words(input: HandoffInput<'_>, step: &StepReport, rows: &[EvidenceRow]) -> String {
    let mut told: Vec<String> = Vec::new();
    if let Prerequisite::Missing(needed) = step.ground {
        told.push(format!("needs {} first", input.recipe.step(needed).title));
    }
    let ours: Vec<&EvidenceRow> = rows.iter().filter(|row| row.step == step.id).collect();
    // Patrons are counted, never named.
    if ours.is_empty() && step.id != StepId::Patrons {
        let open = step.findings.iter().filter(|finding| is_open(finding)).map(|finding| found(input.site, finding));
        told.extend(each_once(open));
        return told.join("; ");
    }
    for verdict in [VerdictKind::Differs, VerdictKind::Absent, VerdictKind::Unread, VerdictKind::Waiting] {
        let count = match ours.is_empty() {
            true => step.findings.iter().filter(|finding| VerdictKind::from(&finding.verdict) == verdict).count(),
            false => ours.iter().filter(|row| row.verdict == verdict).count(),
        };
        match (count, ours.len()) {
            (0, _) => {}
            (count, 0) => told.push(format!("{count} {}", verb(verdict, count))),
            (count, all) if count == all && count > 1 => {
                told.push(format!("all {all} values {}", verb(verdict, count)))
            }
            (count, all) => told.push(format!("{count} of {all} values {}", verb(verdict, count))),
        }
    }
    match step.contradicted().count() {
        0 => {}
        1 => told.push("1 sign-off is contradicted by evidence".to_owned()),
        count => told.push(format!("{count} sign-offs are contradicted by evidence")),
    }
    told.join("; ")
}

fn is_open(finding: &Finding) -> bool {
    !matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_))
}

/// What is open about a finding that is no value of the procedure. A failed proof says why it failed.
fn found(site: &Site, finding: &Finding) -> String {
    match (&finding.verdict, &finding.got) {
        (Verdict::Differs(Evidence::Proved), Some(got)) => scrubbed(site, &format!("the proof failed: {got}")),
        _ => words_of(site, finding),
    }
}

/// Why a step is not done, in the words of its findings.
pub(super) fn reasons(site: &Site, step: &StepReport) -> Vec<String> {
    let all = step.findings.iter().filter_map(|finding| finding.verdict.plain_reason());
    each_once(all.map(|why| scrubbed(site, &why)))
}

/// The words in their order, none of them twice, and without full stops: they become parts of a sentence.
fn each_once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut once = Vec::new();
    for words in all.map(|words| words.trim_end_matches('.').to_owned()) {
        if !once.contains(&words) {
            once.push(words);
        }
    }
    once
}

fn verb(verdict: VerdictKind, count: usize) -> &'static str {
    match (verdict, count) {
        (VerdictKind::Differs, 1) => "differs",
        (VerdictKind::Differs, _) => "differ",
        (VerdictKind::Absent, 1) => "is absent",
        (VerdictKind::Absent, _) => "are absent",
        (VerdictKind::Unread, _) => "could not be read",
        (VerdictKind::Waiting, 1) => "waits for a person",
        (VerdictKind::Waiting, _) => "wait for a person",
        (VerdictKind::Attested | VerdictKind::Same, _) => "done",
    }
}

/// Whether a step waits for what going live, or the way back, asks for: the rule to be switched, or something proved.
fn waits_since_the_switch(input: HandoffInput<'_>, id: StepId) -> bool {
    let keys = [switch(input.recipe), Some(since_live_key())];
    let waits =
        |finding: &Finding| matches!(finding.verdict, Verdict::Waiting(_)) && keys.contains(&Some(finding.key.clone()));
    input.report.step(id).is_some_and(|step| step.findings.iter().any(waits))
}

/// Since when a step of this report has been waiting, as far as the journal knows. `report` is made from this snapshot.
pub fn waiting_since(site: &Site, snapshot: &Snapshot, report: &Report, id: StepId) -> Option<Timestamp> {
    since(HandoffInput { recipe: Recipe::embedded(), site, snapshot, report }, id)
}

/// Since when a step has been waiting. This is the latest of: work on the campus began, the steps it needs were first
/// done, its own sign-offs were taken back, its evidence got too old.
fn since(input: HandoffInput<'_>, id: StepId) -> Option<Timestamp> {
    let HandoffInput { recipe, site, snapshot, .. } = input;
    let journal = &snapshot.journal;
    let laid = recipe.step(id).needs.iter().filter_map(|need| journal.milestones.laid.get(need));
    let taken_back = journal.milestones.taken_back.get(&id);
    let patience = SignedDuration::from_hours(24 * i64::from(site.evidence_days));
    let stale = journal
        .evidence
        .values
        .iter()
        .filter(|shown| shown.key.step() == Some(id))
        .filter_map(|shown| shown.origin.since().checked_add(patience).ok())
        .filter(|until| *until <= snapshot.at);
    let switched = journal.milestones.switched.as_ref().filter(|_| waits_since_the_switch(input, id));
    let stale = stale.chain(switched.map(|switch| switch.at));
    journal.milestones.begun.iter().chain(laid).chain(taken_back).copied().chain(stale).max()
}

//! What must hold before the rule is enabled: gates, judged on a check of all steps and on the journal.
use super::duplicates::duplicates;
use super::gate::{Gate, GateAnswer, GateStatus, day, shut};
use crate::engine::journal::{ExportedList, Milestone, Rehearsal, age_in_days, unreadable_count, unreadable_next};
use crate::engine::judge::{
    Evidence, Finding, NeighbourQuestion, Report, Snapshot, StepState, Verdict, Weight, already_ours, maybe_ours,
    neighbour_question, neighbours, since_change_key, since_live_key, with_consent,
};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::{Environment, Site};
use crate::text::clean;
use std::collections::BTreeSet;

/// A gate, its status, and what would open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateResult {
    pub gate: Gate,
    pub pass: GateStatus,
    /// What the user should do next, if anything.
    pub next: Option<String>,
}

/// Everything that the gates are judged on.
struct GateInput<'a> {
    recipe: &'a Recipe,
    site: &'a Site,
    snapshot: &'a Snapshot,
    report: &'a Report,
}

/// Judges every gate. `report` must hold all steps and be made from this snapshot.
pub fn gates(recipe: &Recipe, site: &Site, snapshot: &Snapshot, report: &Report) -> Vec<GateResult> {
    let seen = GateInput { recipe, site, snapshot, report };
    Gate::ALL
        .into_iter()
        .map(|gate| {
            let (pass, next) = match gate {
                Gate::Connect => seen.connect(),
                Gate::OtherRows => seen.other_rows(),
                Gate::Routing => seen.routing(),
                Gate::Forecast => duplicates(site, snapshot),
                Gate::Sandbox => seen.sandbox(),
                Gate::Patrons if site.sample.is_empty() => (
                    GateStatus::Unguarded("no sample patrons configured, so none were checked".to_owned()),
                    Some(site.sample_command()),
                ),
                step => seen.step(step.step().unwrap_or(StepId::Connect)),
            };
            GateResult { gate, pass, next: next.filter(|next| !next.is_empty()).map(|next| with_consent(&next)) }
        })
        .collect()
}

/// The exit code for these gates: the first of 1, 3 and 4 that a shut gate calls for, else 0.
pub fn gates_exit_code(gates: &[GateResult]) -> u8 {
    let shut = gates.iter().filter_map(|gate| match gate.pass {
        GateStatus::Shut { state, .. } => Some(state),
        GateStatus::Holds(_) | GateStatus::Unguarded(_) | GateStatus::Question(_) => None,
    });
    StepState::fold(shut).exit_code()
}

impl GateInput<'_> {
    fn findings(&self, id: StepId) -> impl Iterator<Item = &Finding> {
        let own = self.recipe.step(id).groups.is_empty();
        let step = self.report.step(id);
        // Other rows have a gate of their own.
        step.into_iter().flat_map(|step| step.counted()).filter(move |f| own || self.recipe.field(&f.key).is_some())
    }

    fn step(&self, id: StepId) -> GateAnswer {
        let all: Vec<&Finding> = self.findings(id).collect();
        let state = StepState::fold(all.iter().map(|finding| StepState::of(&finding.verdict)));
        let first = |state: StepState| all.iter().find(|finding| StepState::of(&finding.verdict) == state);
        let hint = first(state).and_then(|finding| finding.hint.clone());
        if let Some(answer) = contradicted(&all) {
            return answer;
        }
        if let Some(why) = all.iter().find_map(|finding| self.stale(finding)) {
            return (shut(StepState::Waiting, why), Some(self.show_again()));
        }
        match state {
            StepState::Verified | StepState::Attested => {
                self.incomplete(&all).unwrap_or_else(|| (GateStatus::Holds(held(&all)), None))
            }
            // The reason would name the patron, so it is left out.
            StepState::Unread if id == StepId::Patrons => {
                (shut(state, named(&all, state, "could not be looked up", "could not be looked up")), hint)
            }
            StepState::Unread => {
                let why = first(state).and_then(|finding| finding.verdict.plain_reason()).unwrap_or_default();
                (shut(state, clean(&format!("could not check: {why}"), 400)), hint)
            }
            StepState::Waiting => {
                let next = hint.map(|hint| self.for_the_step(id, hint));
                (shut(state, named(&all, state, "is waiting for a person", "are waiting for a person")), next)
            }
            StepState::Differs | StepState::Blocked => (
                shut(StepState::Differs, named(&all, StepState::Differs, "is not as wanted", "are not as wanted")),
                hint,
            ),
        }
    }

    /// Shuts a gate that holds only by what the journal says, while a line of it cannot be read.
    fn incomplete(&self, findings: &[&Finding]) -> Option<GateAnswer> {
        let lines = &self.snapshot.journal.unreadable;
        let journaled =
            |finding: &&&Finding| finding.verdict.evidence().is_some_and(|evidence| evidence != Evidence::Read);
        findings.iter().find(journaled)?;
        let why = format!("could not check: {}", unreadable_count(lines)?);
        Some((shut(StepState::Unread, why), unreadable_next(lines).map(str::to_owned)))
    }

    /// The step `connect`. Where it holds and the zone has other partners for ILLiad, that is a question.
    fn connect(&self) -> GateAnswer {
        let others = neighbours(self.site, self.snapshot);
        match self.step(StepId::Connect) {
            (GateStatus::Holds(_), _) if !others.is_empty() => {
                (GateStatus::Question(clean(&maybe_ours(&others), 600)), Some(already_ours(&others)))
            }
            answer => answer,
        }
    }

    /// Replaces a hint to sign off one value by one that signs off the whole step.
    fn for_the_step(&self, id: StepId, hint: String) -> String {
        if hint.starts_with("last-resort attest ") { self.site.command(&format!("attest {id}")) } else { hint }
    }

    /// Says that the evidence for a value is too old, unless somebody signed the value off since.
    fn stale(&self, finding: &Finding) -> Option<String> {
        let shown = self.snapshot.journal.evidence.value(&finding.key)?;
        let age = age_in_days(shown.origin.since(), self.snapshot.at);
        let signed_since = finding.verdict.sign_off().is_some_and(|said| said.when > shown.origin.when);
        (age > self.site.evidence_days && !signed_since).then(|| {
            format!(
                "the evidence by {} for {} is {age} days old",
                clean(&shown.origin.who, 64),
                clean(&finding.label, 80)
            )
        })
    }

    fn show_again(&self) -> String {
        self.site.command("evidence import FILE")
    }

    fn other_rows(&self) -> GateAnswer {
        let found = |list: ExportedList| self.report.findings().find(|finding| finding.key == list.key());
        let asked = |list: ExportedList| match neighbour_question(self.site, self.snapshot, list) {
            Some(NeighbourQuestion::Open(words)) => Some(words),
            Some(NeighbourQuestion::Settled(_)) | None => None,
        };
        let trouble = |list: ExportedList| {
            let open = |finding: &&Finding| finding.weight == Weight::Advisory && asked(list).is_some();
            let wrong = |finding: &&Finding| !matches!(finding.verdict, Verdict::Same(_)) && !open(finding);
            found(list).filter(wrong)
        };
        if let Some((list, finding)) = ExportedList::ALL.into_iter().find_map(|list| Some((list, trouble(list)?))) {
            let why = finding.got.clone().or_else(|| finding.verdict.plain_reason()).unwrap_or_default();
            let why = clean(&format!("{}: {why}", list.title()), 400);
            return (shut(StepState::of(&finding.verdict), why), finding.hint.clone());
        }
        if let Some((list, words)) = ExportedList::ALL.into_iter().find_map(|list| Some((list, asked(list)?))) {
            let hint = found(list).and_then(|finding| finding.hint.clone());
            return (GateStatus::Question(clean(&format!("{}: {words}", list.title()), 600)), hint);
        }
        let unseen: Vec<&str> =
            ExportedList::ALL.into_iter().filter(|list| found(*list).is_none()).map(ExportedList::title).collect();
        if unseen.is_empty() {
            return (GateStatus::Holds("all four lists were imported, and none shows a problem".to_owned()), None);
        }
        (GateStatus::Unguarded(format!("not imported: {}", unseen.join(", "))), Some(self.show_again()))
    }

    fn routing(&self) -> GateAnswer {
        let key = FieldKey::new(StepId::Prove, "routing");
        let prove = || self.report.step(StepId::Prove).into_iter().flat_map(|step| &step.findings);
        let next = Some(self.site.confirmed("prove"));
        if let Some(wrong) = prove().find(|finding| matches!(finding.verdict, Verdict::Differs(_))) {
            let why = clean(wrong.got.as_deref().unwrap_or("it went wrong"), 400);
            return (shut(StepState::Differs, why), wrong.hint.clone().or(next));
        }
        let due = [since_live_key(), since_change_key()];
        if let Some(due) = prove().find(|finding| due.contains(&finding.key)) {
            let why = clean(&due.verdict.plain_reason().unwrap_or_default(), 400);
            return (shut(StepState::Waiting, why), due.hint.clone().or(next));
        }
        let routing = prove().find(|finding| finding.key == key);
        match routing.map(|finding| (&finding.verdict, finding)) {
            Some((Verdict::Same(Evidence::Proved), finding)) => {
                (GateStatus::Holds(clean(finding.got.as_deref().unwrap_or("proved"), 400)), None)
            }
            other => {
                let why = other.and_then(|(verdict, _)| verdict.plain_reason());
                (shut(StepState::Waiting, clean(&why.unwrap_or_else(|| "not proved yet".to_owned()), 400)), next)
            }
        }
    }

    fn sandbox(&self) -> GateAnswer {
        match (self.site.environment, &self.snapshot.journal.milestones.rehearsal) {
            (Environment::Sandbox, _) => (GateStatus::Holds("this is the sandbox".to_owned()), None),
            (Environment::Production, Rehearsal::Live(Milestone { at, by })) => {
                (GateStatus::Holds(format!("the sandbox went live on {}, by {}", day(*at), clean(by, 64))), None)
            }
            (Environment::Production, Rehearsal::Begun) => (
                shut(StepState::Waiting, "the sandbox was set up from here but never went live with golive".to_owned()),
                Some("set environment = \"sandbox\" in the campus file, and go live there first".to_owned()),
            ),
            (Environment::Production, Rehearsal::None) => {
                (GateStatus::Unguarded("no sandbox was set up from here".to_owned()), None)
            }
        }
    }
}

/// The answer of a gate where values were signed off although evidence shows something else. No sign-off opens it.
fn contradicted(all: &[&Finding]) -> Option<GateAnswer> {
    let against = all.iter().filter_map(|finding| Some((finding, finding.verdict.contradiction()?)));
    let all: Vec<_> = against.collect();
    let (first, against) = all.first()?;
    let others = match all.len() {
        1 => String::new(),
        more => format!(" ({} values in all)", more),
    };
    let why = format!(
        "{} was signed off by {}, but evidence contradicts it: {}{others}",
        clean(&first.label, 80),
        clean(&against.sign_off.who, 64),
        against.words()
    );
    Some((shut(StepState::Differs, clean(&why, 400)), first.hint.clone()))
}

/// Counts the values by evidence, for example `13 read now, 3 signed off by ada`.
fn held(all: &[&Finding]) -> String {
    let with = |wanted: Evidence| all.iter().filter(|finding| finding.verdict.evidence() == Some(wanted)).count();
    let who: BTreeSet<String> =
        all.iter().filter_map(|finding| finding.verdict.sign_off()).map(|said| clean(&said.who, 64)).collect();
    let signed = format!("signed off by {}", who.into_iter().collect::<Vec<_>>().join(", "));
    let parts = [
        (Evidence::Read, "read now"),
        (Evidence::Proved, "proved"),
        (Evidence::Imported, "confirmed by evidence"),
        (Evidence::Attested, signed.as_str()),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(evidence, _)| with(*evidence) > 0)
        .map(|(evidence, words)| format!("{} {words}", with(evidence)))
        .collect();
    told.join(", ")
}

/// Counts and names the values in a state, for example `3 of 5 wait for a person: Code, Name, Type`. Names only a few,
/// and never patrons.
fn named(all: &[&Finding], state: StepState, one: &str, many: &str) -> String {
    const MOST: usize = 4;
    let these: Vec<&&Finding> = all.iter().filter(|finding| StepState::of(&finding.verdict) == state).collect();
    let count = format!("{} of {} {}", these.len(), all.len(), if these.len() == 1 { one } else { many });
    if these.iter().any(|finding| finding.key.step() == Some(StepId::Patrons)) {
        return count;
    }
    let mut names: Vec<String> = these.iter().take(MOST).map(|finding| clean(&finding.label, 80)).collect();
    if these.len() > MOST {
        names.push("\u{2026}".to_owned());
    }
    format!("{count}: {}", names.join(", "))
}

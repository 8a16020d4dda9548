//! Texts for going live: the gates, the value card for enabling the rule, the next steps, and the way back.
use super::gate::{Gate, GateStatus};
use super::passing::{GateResult, gates_exit_code};
use crate::engine::card::{CardScope, card};
use crate::engine::judge::{Snapshot, StepState, wanted_words};
use crate::recipe::{Expectation, FieldKey, Recipe, StepId};
use crate::site::{Site, Stance};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::fmt;

/// The value card for the rule's switch, which a person sets by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SwitchCard {
    pub title: String,
    /// The menu path to the screen.
    pub menu: String,
    /// What to enter, as `label: value`, and what to do before and after.
    pub lines: Vec<String>,
    /// What to do next, in order.
    pub next: Vec<FollowUp>,
}

/// Something to do next: where the wizard does it, and the command that does the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub words: String,
    pub command: Option<String>,
}

impl FollowUp {
    fn by(words: impl Into<String>, command: String) -> Self {
        Self { words: words.into(), command: Some(command) }
    }

    fn alone(words: impl Into<String>) -> Self {
        Self { words: words.into(), command: None }
    }
}

impl fmt::Display for FollowUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { words, command } = self;
        f.write_str(words)?;
        command.as_ref().map_or(Ok(()), |command| write!(f, " or with: {command}"))
    }
}

impl Serialize for FollowUp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whether the journal shows that the campus went live after all gates had passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatePassage {
    /// Set up ahead, or the campus file says live although the journal does not.
    Before,
    Through,
}

/// How many conditions for going live there are, and how many of them have each status. All outputs use this count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GateCount {
    pub all: usize,
    pub hold: usize,
    /// Not passed: something is wrong, missing or unread.
    pub shut: usize,
    pub not_looked_at: usize,
    pub questions: usize,
}

impl GateCount {
    /// Counts how the conditions in this list stand.
    pub fn of(gates: &[GateResult]) -> Self {
        let count = |which: fn(&GateStatus) -> bool| gates.iter().filter(|judged| which(&judged.pass)).count();
        Self {
            all: gates.len(),
            hold: count(|pass| matches!(pass, GateStatus::Holds(_))),
            shut: count(|pass| matches!(pass, GateStatus::Shut { .. })),
            not_looked_at: count(|pass| matches!(pass, GateStatus::Unguarded(_))),
            questions: count(|pass| matches!(pass, GateStatus::Question(_))),
        }
    }

    /// The count in words: `11 checks for going live: 8 passed, 1 has not passed, 2 were not run.`
    pub fn words(self) -> String {
        let is = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
        let parts = [
            (self.hold, is(self.hold, "passed", "passed")),
            (self.shut, is(self.shut, "has not passed", "have not passed")),
            (self.not_looked_at, is(self.not_looked_at, "was not run", "were not run")),
            (self.questions, is(self.questions, "is an open question", "are open questions")),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        format!("{} checks for going live: {}.", self.all, parts.join(", "))
    }
}

/// The output of `golive --json`.
#[derive(Debug, Serialize)]
pub struct GoLiveJson {
    schema: u32,
    campus: String,
    environment: &'static str,
    stance: &'static str,
    open: bool,
    conditions: GateCount,
    gates: Vec<Value>,
    /// The card to follow first.
    card: Option<SwitchCard>,
    cards: Vec<SwitchCard>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

impl Gate {
    /// A short title, for places without room for the full demand.
    pub fn title(self, recipe: &Recipe) -> &str {
        match self {
            Self::OtherRows => "other rows",
            Self::Routing => "routing proved",
            Self::Forecast => "duplicate accounts",
            Self::Sandbox => "sandbox first",
            step => step.step().map_or("", |step| recipe.step(step).title.as_str()),
        }
    }
}

impl GateStatus {
    /// The name used in JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Holds(_) => "holds",
            Self::Unguarded(_) => "unguarded",
            Self::Question(_) => "question",
            Self::Shut { .. } => "shut",
        }
    }

    /// What supports the status, or what is in the way.
    pub fn words(&self) -> &str {
        match self {
            Self::Holds(words) | Self::Unguarded(words) | Self::Question(words) | Self::Shut { why: words, .. } => {
                words
            }
        }
    }
}

impl GateResult {
    /// Whether it holds. `None` where nobody looked, or nobody knows what was seen.
    pub fn passed(&self) -> Option<bool> {
        match &self.pass {
            GateStatus::Holds(_) => Some(true),
            GateStatus::Unguarded(_) | GateStatus::Question(_) => None,
            GateStatus::Shut { state, .. } => (*state != StepState::Unread).then_some(false),
        }
    }

    /// The status as one word or two, to begin a line with.
    pub fn standing(&self) -> &'static str {
        match &self.pass {
            GateStatus::Holds(_) => "passed",
            GateStatus::Unguarded(_) => "not run",
            GateStatus::Question(_) => "open question",
            // "Missing" would be wrong, because the gate may hold: we could not look.
            GateStatus::Shut { state: StepState::Unread, .. } => "unknown",
            GateStatus::Shut { .. } => "not passed",
        }
    }

    /// What the gate demands: a statement when it holds, otherwise a requirement.
    pub fn demand(&self) -> &'static str {
        match (&self.pass, self.gate) {
            // This gate also holds in the sandbox, which need not have gone live, so `demands` would claim too much.
            (GateStatus::Holds(_), Gate::Sandbox) => "the sandbox comes before production",
            (GateStatus::Holds(_), gate) => gate.demands(),
            (GateStatus::Unguarded(_) | GateStatus::Question(_) | GateStatus::Shut { .. }, gate) => gate.must(),
        }
    }
}

/// The field whose wanted value depends on the stance: the rule's switch.
pub fn switch(recipe: &Recipe) -> Option<FieldKey> {
    let by_stance = |want: &Expectation| matches!(want, Expectation::ByStance { .. });
    recipe.fields().find(|field| by_stance(&field.want)).map(|field| field.key.clone())
}

/// Builds the card for setting the rule's switch to what a stance wants.
fn switch_card(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    stance: Stance,
    title: &str,
    next: Vec<FollowUp>,
) -> Option<SwitchCard> {
    let key = switch(recipe)?;
    let site = Site { stance, ..site.clone() };
    let card = card(recipe, &site, snapshot, key.step()?, CardScope::Whole);
    let group = card.groups.into_iter().find(|group| group.values.iter().any(|value| value.key == key))?;
    let value = group.values.iter().find(|value| value.key == key)?;
    let mut lines = group.open;
    lines.push(format!("{}: {}", value.label, value.value));
    lines.extend(group.close);
    Some(SwitchCard { title: title.to_owned(), menu: group.menu, lines, next })
}

/// The card for enabling the rule, so that patrons' requests go through.
pub fn enable_card(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Option<SwitchCard> {
    let [rule, prove] = [StepId::Rule, StepId::Prove].map(|id| &recipe.step(id).title);
    let queue = recipe.field(&"illiad.queue.queue_name".into());
    let queue = queue.and_then(|field| wanted_words(recipe, site, snapshot, field))?;
    let next = vec![
        FollowUp::by(
            format!("sign it off in the wizard (step {rule})"),
            site.command(&format!("attest {}", switch(recipe)?)),
        ),
        FollowUp::by(format!("prove it again in the wizard (step {prove})"), site.confirmed("prove")),
        FollowUp::by("check everything, with R in the wizard", site.command("check")),
        FollowUp::alone(format!("watch ILLiad's queue \"{queue}\" for the first few days")),
    ];
    switch_card(recipe, site, snapshot, Stance::Live, "Enable the rule by hand in Alma", next)
}

/// The card for the way back: disabling the rule.
pub fn back_out_card(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Option<SwitchCard> {
    let rule = &recipe.step(StepId::Rule).title;
    let mut next = vec![
        FollowUp::by(
            format!("sign it off in the wizard (step {rule})"),
            site.command(&format!("attest {}", switch(recipe)?)),
        ),
        FollowUp::alone("requests already exported stay in ILLiad: process or cancel them there"),
    ];
    if site.stance == Stance::Live {
        // A sign-off is for the value wanted at that time, so the stance must change first.
        let back = site.confirmed("golive --back");
        next.insert(0, FollowUp::by("record this in the campus file, with u on the wizard's screen Go live", back));
    }
    switch_card(recipe, site, snapshot, Stance::Ahead, "To go back: disable the rule by hand in Alma", next)
}

impl SwitchCard {
    /// The card as plain lines.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![String::new(), self.title.clone(), format!("  {}", self.menu)];
        lines.extend(self.lines.iter().map(|line| format!("  - {line}")));
        lines.extend(self.next.iter().map(|next| format!("  next: {next}")));
        lines
    }
}

/// All gates as plain lines. The shut ones come last, where they are seen first in a terminal.
pub fn gate_lines(gates: &[GateResult]) -> Vec<String> {
    let (shut, open): (Vec<&GateResult>, Vec<&GateResult>) =
        gates.iter().partition(|judged| matches!(judged.pass, GateStatus::Shut { .. }));
    let mut lines = Vec::new();
    for judged in open.into_iter().chain(shut) {
        lines.push(format!("{:<14} {}: {}", judged.standing(), judged.demand(), judged.pass.words()));
        let next = judged.next.iter().map(|next| format!("{:<14} next: {next}", ""));
        // One cause may shut several gates; what to do about it is said once.
        lines.extend(next.filter(|next| !lines.contains(next)).collect::<Vec<_>>());
    }
    lines
}

/// The gates that are shut.
pub fn missing(gates: &[GateResult]) -> Vec<Gate> {
    let shut = gates.iter().filter(|judged| matches!(judged.pass, GateStatus::Shut { .. }));
    shut.map(|judged| judged.gate).collect()
}

/// A sentence saying that no gate is shut, which gates nobody looked at, and which are a question. An unseen problem
/// may still be in the way.
pub fn none_shut(recipe: &Recipe, gates: &[GateResult]) -> String {
    let asked = gates.iter().filter(|judged| matches!(judged.pass, GateStatus::Question(_)));
    let asked: Vec<&str> = asked.map(|judged| judged.gate.title(recipe)).collect();
    let seen = no_problem_seen(recipe, gates);
    match asked.as_slice() {
        [] => seen,
        asked => format!("{seen} Open questions: {}.", asked.join(", ")),
    }
}

fn no_problem_seen(recipe: &Recipe, gates: &[GateResult]) -> String {
    let unseen = gates.iter().filter(|judged| matches!(judged.pass, GateStatus::Unguarded(_)));
    let unseen: Vec<&str> = unseen.map(|judged| judged.gate.title(recipe)).collect();
    match unseen.as_slice() {
        [] if gates.iter().any(|judged| matches!(judged.pass, GateStatus::Question(_))) => {
            "No known obstacles.".to_owned()
        }
        [] => "All checks passed.".to_owned(),
        [one] => format!("No obstacles found; 1 check was not run: {one}."),
        more => {
            format!("No obstacles found; {} checks were not run: {}.", more.len(), more.join(", "))
        }
    }
}

/// The gates and cards as JSON.
pub fn golive_json(
    recipe: &Recipe,
    site: &Site,
    gates: &[GateResult],
    cards: Vec<SwitchCard>,
    remarks: &[String],
) -> GoLiveJson {
    let gate = |judged: &GateResult| {
        json!({
            "id": judged.gate.as_str(),
            "title": judged.gate.title(recipe),
            "passed": judged.passed(),
            "why": judged.pass.words(),
            "gate": judged.gate.as_str(),
            "demands": judged.gate.demands(),
            "verdict": judged.pass.as_str(),
            "state": match judged.pass {
                GateStatus::Shut { state, .. } => Some(state),
                GateStatus::Holds(_) | GateStatus::Unguarded(_) | GateStatus::Question(_) => None,
            },
            "words": judged.pass.words(),
            "next": judged.next,
        })
    };
    GoLiveJson {
        schema: 1,
        campus: site.institution.to_string(),
        environment: site.environment.as_str(),
        stance: site.stance.as_str(),
        open: !gates.is_empty() && gates_exit_code(gates) == 0,
        conditions: GateCount::of(gates),
        gates: gates.iter().map(gate).collect(),
        card: cards.first().cloned(),
        cards,
        remarks: remarks.to_vec(),
    }
}

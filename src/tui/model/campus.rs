//! What is known about the current campus.
use crate::engine;
use crate::engine::card::Card;
use crate::engine::journal::UndoState;
use crate::engine::judge::{Completion, Finding, MissingKeys, StepReport, StepState, Verdict};
use crate::failure::Failure;
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::site::{Site, Stance};
use crate::tui::key_store::KeyStore;
use crate::tui::text::count;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The campus that the wizard works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Campus {
    pub site: Site,
    /// All eight steps, in the order of the recipe.
    pub steps: Vec<StepStatus>,
    pub cards: Vec<Card>,
    /// A line about each key, such as `set (36 characters, ends a1b2), keyring`.
    pub keys_words: Vec<(KeySlot, String)>,
    pub store: KeyStore,
    /// Remarks of the last check.
    pub remarks: Vec<String>,
    /// What an undo would revert, according to the journal.
    pub undoable: UndoState,
    /// Checks that are still running.
    pub readings: Vec<RunningCheck>,
    /// Why the last check failed.
    pub failure: Option<Failure>,
    /// The step that is shown.
    pub at: StepId,
    pub opening: Opening,
    /// What became of an interrupted session's work, until it has been told.
    pub interrupted: Option<String>,
    /// The selected value and the scroll position on each step.
    pub places: BTreeMap<StepId, ListPlace>,
    /// The completion that the finish screen was last shown for.
    pub finish_shown: Option<Completion>,
}

/// Whether the session still has to find the place to open at, once all steps have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Nobody has left a place yet: go to the first step that is not done.
    AtFirstOpen,
    /// Stay where the last session ended, unless nothing is left to do or keys are missing.
    WhereLeft,
    /// Stay: the step was named, or the person has pressed a key.
    Settled,
}

/// What is known about a step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepStatus {
    /// The judged step. Before the first reading, it only holds the wanted values.
    pub report: StepReport,
    /// When the step was read. `None` before the first reading.
    pub read: Option<Timestamp>,
}

/// A check that is still running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningCheck {
    pub ticket: Ticket,
    pub steps: Vec<StepId>,
    /// When the check was requested.
    pub since: Timestamp,
}

/// The position in a step's list. The value is remembered by its key, so it stays selected when a new report arrives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The value that the person moved to. [`Campus::picked`] says what is selected if it is `None` or gone.
    pub key: Option<FieldKey>,
    /// The first visible line.
    pub top: usize,
}

impl Campus {
    /// Returns what is known about a step. All eight are there from the start, in order.
    pub fn standing(&self, id: StepId) -> &StepStatus {
        &self.steps[id as usize]
    }

    /// The step that is shown.
    pub fn here(&self) -> &StepStatus {
        self.standing(self.at)
    }

    /// Index of the selected value of a step: the one moved to, else the first that needs a person, else the first.
    pub fn picked(&self, id: StepId) -> usize {
        let wanted = self.places.get(&id).and_then(|place| place.key.as_ref());
        let findings = &self.standing(id).report.findings;
        let moved_to = wanted.and_then(|key| findings.iter().position(|finding| finding.key == *key));
        moved_to.or_else(|| findings.iter().position(Finding::needs_someone)).unwrap_or(0)
    }

    /// The selected value of the step shown.
    pub fn finding(&self) -> Option<&Finding> {
        self.here().report.findings.get(self.picked(self.at))
    }

    /// Finds a value in any step.
    pub fn find(&self, key: &FieldKey) -> Option<&Finding> {
        self.steps.iter().flat_map(|standing| &standing.report.findings).find(|finding| finding.key == *key)
    }

    /// The state of the rule in words. Setting the campus live here does not enable the rule in Alma, so it is called live only after
    /// evidence or a sign-off.
    pub fn rule_words(&self, recipe: &Recipe) -> &'static str {
        let read = self.standing(StepId::Rule).read.is_some();
        match (self.site.stance, read, self.rule_is_on(recipe)) {
            (Stance::Ahead, ..) => "not live yet",
            (Stance::Live, true, true) => "rule live",
            (Stance::Live, true, false) => "set live, rule not confirmed",
            (Stance::Live, false, _) => "set live",
        }
    }

    /// Whether the rule was seen or signed off as enabled. A verdict from before the campus was set live may be about a disabled rule.
    fn rule_is_on(&self, recipe: &Recipe) -> bool {
        let switch = engine::golive::switch(recipe).and_then(|key| Some((recipe.field(&key)?, self.find(&key)?)));
        switch.is_some_and(|(field, finding)| {
            finding.want.as_deref() == field.want.by_stance(Stance::Live)
                && matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_))
        })
    }

    /// The value card of the step shown. `None` if the card is empty.
    pub fn card(&self) -> Option<&Card> {
        self.cards.iter().find(|card| card.step == self.at && !card.groups.is_empty())
    }

    /// The first step that is not done, or rests on what no longer holds. One with nothing but advisory values comes last.
    pub fn first_open(&self) -> Option<StepId> {
        let open: Vec<_> =
            self.steps.iter().map(|standing| &standing.report).filter(|step| !step.is_settled()).collect();
        let counts = |step: &&&StepReport| step.counts() || step.state() == StepState::Blocked;
        open.iter().find(counts).or(open.first()).map(|step| step.id)
    }

    /// What is open on the steps that were read, in order: each value that needs somebody, or the whole step where something is left to do
    /// but no value needs anybody. With the index of the value in its step.
    fn open_places(&self) -> Vec<(StepId, usize)> {
        let read = self.steps.iter().filter(|standing| standing.read.is_some()).map(|standing| &standing.report);
        read.flat_map(|report| {
            let at = |is_open: fn(&Finding) -> bool| {
                report.findings.iter().enumerate().filter(move |(_, finding)| is_open(finding)).map(|(at, _)| at)
            };
            let values: Vec<usize> = at(Finding::needs_someone).collect();
            let whole = (values.is_empty() && !report.is_settled())
                .then(|| at(|finding| !matches!(finding.verdict, Verdict::Same(_))).next().unwrap_or(0));
            values.into_iter().chain(whole).map(|at| (report.id, at))
        })
        .collect()
    }

    /// The next open place after this one or before it; it starts again at the other end. `None` if nothing is open.
    pub fn open_place(&self, from: Option<(StepId, usize)>, after: bool) -> Option<(StepId, usize)> {
        let open = self.open_places();
        let (first, last) = (open.first().copied(), open.last().copied());
        match after {
            true => open.into_iter().find(|place| Some(*place) > from).or(first),
            false => open.into_iter().rev().find(|place| from.is_some_and(|from| *place < from)).or(last),
        }
    }

    /// The selected value of the step shown, by its place.
    pub fn place(&self) -> (StepId, usize) {
        (self.at, self.picked(self.at))
    }

    /// Selects a value, on its step.
    pub fn select(&mut self, step: StepId, key: FieldKey) {
        self.at = step;
        self.places.entry(step).or_default().key = Some(key);
    }

    /// How many of the procedure's values that were read are as wanted, and how many are signed off: `44 of 61 values as wanted, 7 signed
    /// off`. `None` before anything was read.
    pub fn tally(&self, recipe: &Recipe) -> Option<String> {
        let read = self.steps.iter().filter(|standing| standing.read.is_some());
        let findings = read.flat_map(|standing| standing.report.counted());
        let values: Vec<&Finding> = findings.filter(|finding| recipe.field(&finding.key).is_some()).collect();
        let same = values.iter().filter(|finding| matches!(finding.verdict, Verdict::Same(_))).count();
        let words = format!("{same} of {} as wanted", count(values.len(), "value"));
        match values.iter().filter(|finding| finding.verdict.sign_off().is_some()).count() {
            _ if values.is_empty() => None,
            0 => Some(words),
            signed => Some(format!("{words}, {signed} signed off")),
        }
    }

    /// Whether nothing is left to do, as far as all steps were read.
    pub fn completion(&self) -> Option<Completion> {
        let read = self.steps.iter().filter(|standing| standing.read.is_some());
        Completion::of(read.map(|standing| &standing.report), &self.site)
            .filter(|completion| *completion == Completion::SetUpAhead || self.rule_is_on(Recipe::embedded()))
    }

    /// The keys without which something could not be read. `None` if none is missing.
    pub fn missing_keys(&self) -> Option<MissingKeys> {
        let read = self.steps.iter().filter(|standing| standing.read.is_some());
        MissingKeys::of(read.flat_map(|standing| &standing.report.findings))
    }

    /// When the oldest running check of a step was requested. `None` if the step is not being read.
    pub fn reading(&self, id: StepId) -> Option<Timestamp> {
        self.readings.iter().filter(|reading| reading.steps.contains(&id)).map(|reading| reading.since).min()
    }
}

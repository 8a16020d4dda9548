//! What is known of the campus worked on.
use crate::engine;
use crate::engine::card::Card;
use crate::engine::journal::UndoState;
use crate::engine::judge::{Finding, StepReport, StepState, Verdict, Weight};
use crate::failure::Failure;
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::site::{Site, Stance};
use crate::tui::key_store::KeyStore;
use crate::tui::ticket::Ticket;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The campus worked on.
#[derive(Debug, Clone, PartialEq)]
pub struct Campus {
    /// Accepted.
    pub site: Site,
    /// All eight steps in order.
    pub steps: Vec<StepReading>,
    /// Value cards.
    pub cards: Vec<Card>,
    /// What can be said of each key.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: KeyStore,
    /// Things worth saying.
    pub remarks: Vec<String>,
    /// What an undo would take back, as far as the journal was read.
    pub undoable: UndoState,
    /// Checks on their way.
    pub readings: Vec<Reading>,
    /// Why the last check brought nothing.
    pub failure: Option<Failure>,
    /// The step shown.
    pub at: StepId,
    /// Whether it is still to be found.
    pub opening: Opening,
    /// Where each step's list stands.
    pub places: BTreeMap<StepId, ListPlace>,
}

/// Whether the step to open at is still to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The first one that is not done, once it is read which that is.
    AtFirstOpen,
    /// It stays where it is: it was named, or somebody has pressed a key.
    Settled,
}

/// What is known of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepReading {
    /// Judged; before the first reading only what is wanted counts in it.
    pub report: StepReport,
    /// When it was read.
    pub read: Option<Timestamp>,
}

/// A check on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its ticket.
    pub ticket: Ticket,
    /// Which steps.
    pub steps: Vec<StepId>,
    /// Since then.
    pub since: Timestamp,
}

/// Where a list stands: the value chosen, by its key so that it stays chosen when a new report comes, and the first line shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// Chosen; the first where none is named or it is gone.
    pub key: Option<FieldKey>,
    /// The first line shown.
    pub top: usize,
}

/// Whether something is to be done about a value.
fn needs_somebody(finding: &Finding) -> bool {
    finding.weight == Weight::Counts && !matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_))
}

impl Campus {
    /// What is known of a step.
    ///
    /// # Panics
    /// Never: all steps are there from the start.
    #[must_use]
    pub fn standing(&self, id: StepId) -> &StepReading {
        match self.steps.iter().find(|standing| standing.report.id == id) {
            Some(standing) => standing,
            None => unreachable!("all steps are judged from the start"),
        }
    }

    /// The step shown.
    #[must_use]
    pub fn here(&self) -> &StepReading {
        self.standing(self.at)
    }

    /// Which value is chosen in a step: the one moved to, else the first that needs somebody, else the first.
    #[must_use]
    pub fn picked(&self, id: StepId) -> usize {
        let wanted = self.places.get(&id).and_then(|place| place.key.as_ref());
        let findings = &self.standing(id).report.findings;
        let moved_to = wanted.and_then(|key| findings.iter().position(|finding| finding.key == *key));
        moved_to.or_else(|| findings.iter().position(needs_somebody)).unwrap_or(0)
    }

    /// The value chosen in the step shown.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.here().report.findings.get(self.picked(self.at))
    }

    /// A value anywhere.
    #[must_use]
    pub fn find(&self, key: &FieldKey) -> Option<&Finding> {
        self.steps.iter().flat_map(|standing| &standing.report.findings).find(|finding| finding.key == *key)
    }

    /// How far the rule is. What the campus is set to here throws no switch in Alma: live it is called once somebody said or showed that.
    #[must_use]
    pub fn rule_words(&self, recipe: &Recipe) -> &'static str {
        let read = self.standing(StepId::Rule).read.is_some();
        let switch = engine::golive::switch(recipe).and_then(|key| Some((recipe.field(&key)?, self.find(&key)?)));
        // What was judged before the campus was set live may hold of a rule that is disabled.
        let on = switch.is_some_and(|(field, finding)| {
            finding.want.as_deref() == field.want.by_stance(Stance::Live)
                && matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_))
        });
        match (self.site.stance, read, on) {
            (Stance::Ahead, ..) => "rule set up ahead",
            (Stance::Live, true, true) => "rule live",
            (Stance::Live, true, false) => "set live, rule to be enabled",
            (Stance::Live, false, _) => "set live",
        }
    }

    /// The card of the step shown.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.cards.iter().find(|card| card.step == self.at && !card.groups.is_empty())
    }

    /// The first step that is not done, and where something can be done: where nothing but advice stands, there is nothing to do.
    #[must_use]
    pub fn first_open(&self) -> Option<StepId> {
        let done = |step: &StepReport| matches!(step.state(), StepState::Verified | StepState::Attested);
        let mut open = self.steps.iter().map(|standing| &standing.report).filter(|step| !done(step));
        open.find(|step| step.counts() || step.state() == StepState::Blocked).map(|step| step.id)
    }

    /// Since when a step is being read.
    #[must_use]
    pub fn reading(&self, id: StepId) -> Option<Timestamp> {
        self.readings.iter().filter(|reading| reading.steps.contains(&id)).map(|reading| reading.since).min()
    }
}

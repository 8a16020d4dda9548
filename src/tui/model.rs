//! Everything the screen is drawn from. Pure data; only `update` changes it.
use super::entry::Entry;
use super::msg::{Applied, Ticket};
use super::script::Script;
use super::setup::Setup;
use crate::engine::{Card, Draft, Finding, Plan, StepReport};
use crate::failure::Failure;
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::site::Site;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Something asked of the worker. An answer counts only while its ticket is the one asked with.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Job<T> {
    /// Not asked.
    #[default]
    Idle,
    /// On its way.
    Asked {
        /// With this ticket.
        ticket: Ticket,
        /// Since then.
        since: Timestamp,
    },
    /// Answered.
    Got {
        /// With this.
        value: T,
        /// At that time.
        at: Timestamp,
    },
    /// Failed.
    Failed {
        /// Why.
        failure: Failure,
        /// At that time.
        at: Timestamp,
    },
}

impl<T> Job<T> {
    /// Takes an answer, unless it is to an older request; says whether it did.
    pub fn settle(&mut self, ticket: Ticket, result: Result<T, Failure>, at: Timestamp) -> bool {
        if !self.awaits(ticket) {
            return false;
        }
        *self = match result {
            Ok(value) => Self::Got { value, at },
            Err(failure) => Self::Failed { failure, at },
        };
        true
    }

    /// Whether this ticket's answer is waited for.
    pub fn awaits(&self, asked: Ticket) -> bool {
        matches!(self, Self::Asked { ticket, .. } if *ticket == asked)
    }

    /// Since when it is on its way.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Asked { since, .. } => Some(*since),
            _ => None,
        }
    }

    /// The answer.
    pub fn got(&self) -> Option<&T> {
        match self {
            Self::Got { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// A window's size in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The whole state.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Whose name goes into the journal.
    pub user: String,
    /// The practice world, if nothing here is real.
    pub practice: Option<String>,
    /// What the terminal can show.
    pub script: Script,
    /// For showing times.
    pub zone: TimeZone,
    /// As of the last tick.
    pub now: Timestamp,
    /// The window.
    pub size: Size,
    /// The campus worked on, once there is one.
    pub campus: Option<Campus>,
    /// What was typed into the set-up, kept whatever happens.
    pub setup: Option<Box<Setup>>,
    /// What is shown.
    pub screen: Screen,
    /// The help over it, and its first line.
    pub help: Option<usize>,
    /// A word about what just happened.
    pub status: Option<String>,
    /// The text copied by the key pressed last.
    pub copied: Option<String>,
    /// Whoever wants to leave waits for a write in flight; with which exit code.
    pub leaving: Option<u8>,
    /// Typed and not sent, for when the screen is opened again.
    pub held: Held,
    /// The next ticket.
    pub next_ticket: u64,
}

/// Typed and not sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// A remark to a sign-off.
    pub sign_off: Option<SignOff>,
    /// A text pasted back.
    pub paste: Option<PasteBack>,
}

/// The campus worked on.
#[derive(Debug, Clone, PartialEq)]
pub struct Campus {
    /// Accepted.
    pub site: Site,
    /// All eight steps in order.
    pub steps: Vec<Standing>,
    /// Value cards.
    pub cards: Vec<Card>,
    /// What can be said of each key.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: String,
    /// Things worth saying.
    pub remarks: Vec<String>,
    /// Checks on their way.
    pub readings: Vec<Reading>,
    /// Why the last check brought nothing.
    pub failure: Option<Failure>,
    /// The step shown.
    pub at: StepId,
    /// Where each step's list stands.
    pub places: BTreeMap<StepId, ListPlace>,
}

/// What is known of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
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

/// What is shown: one at a time, each with its own state.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// The steps and their values.
    Steps,
    /// What would change.
    Plan(PlanScreen),
    /// A write is in flight.
    Writing(Writing),
    /// How a write ended.
    Outcome(Outcome),
    /// Asks for the campus code before putting the record back.
    Undo(UndoScreen),
    /// A person's word.
    SignOff(SignOff),
    /// What the screen shows, pasted and compared.
    PasteBack(PasteBack),
    /// Done, not done, waited for; and the first line shown.
    Summary(usize),
    /// The set-up; its state is [`Model::setup`].
    Setup,
}

/// What would change.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanScreen {
    /// For these steps.
    pub steps: Vec<StepId>,
    /// The plan.
    pub job: Job<Plan<Draft>>,
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why what was typed does not confirm.
    pub refused: Option<String>,
    /// The first line shown.
    pub top: usize,
}

/// A write in flight.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// Its ticket.
    pub ticket: Ticket,
    /// Which.
    pub write: Write,
    /// Since then.
    pub since: Timestamp,
}

/// Which write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// An apply of these steps, changing so many values.
    Apply(Vec<StepId>, usize),
    /// An undo.
    Undo,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Of which write.
    pub write: Write,
    /// How.
    pub ended: Ended,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// Applied, change by change.
    Applied(Box<Applied>),
    /// Undone, in words.
    Undone(String),
    /// Refused, failed, or of unknown outcome; the failure says which.
    Failed(Failure),
}

/// Asks for the campus code.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoScreen {
    /// As far as it is typed.
    pub typed: Entry,
    /// Why it does not confirm.
    pub refused: Option<String>,
}

/// A person's word, given or taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct SignOff {
    /// Which way.
    pub way: Way,
    /// For these values.
    pub keys: Vec<FieldKey>,
    /// A remark.
    pub note: Entry,
    /// On its way.
    pub job: Job<()>,
    /// The first line shown.
    pub top: usize,
}

/// Which way a word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Given.
    Sign,
    /// Taken back.
    TakeBack,
}

/// What the screen shows, pasted and compared.
#[derive(Debug, Clone, PartialEq)]
pub struct PasteBack {
    /// Of this value.
    pub key: FieldKey,
    /// As pasted.
    pub typed: Entry,
}

impl Campus {
    /// What is known of a step.
    ///
    /// # Panics
    /// Never: all steps are there from the start.
    #[must_use]
    pub fn standing(&self, id: StepId) -> &Standing {
        match self.steps.iter().find(|standing| standing.report.id == id) {
            Some(standing) => standing,
            None => unreachable!("all steps are judged from the start"),
        }
    }

    /// The step shown.
    #[must_use]
    pub fn here(&self) -> &Standing {
        self.standing(self.at)
    }

    /// Which value is chosen in a step.
    #[must_use]
    pub fn picked(&self, id: StepId) -> usize {
        let wanted = self.places.get(&id).and_then(|place| place.key.as_ref());
        let findings = &self.standing(id).report.findings;
        wanted.and_then(|key| findings.iter().position(|finding| finding.key == *key)).unwrap_or(0)
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

    /// The card of the step shown.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.cards.iter().find(|card| card.step == self.at && !card.groups.is_empty())
    }

    /// Since when a step is being read.
    #[must_use]
    pub fn reading(&self, id: StepId) -> Option<Timestamp> {
        self.readings.iter().filter(|reading| reading.steps.contains(&id)).map(|reading| reading.since).min()
    }

    /// Whether the campus code was typed exactly.
    #[must_use]
    pub fn is_code(&self, typed: &str) -> bool {
        typed == self.site.institution.as_str()
    }
}

impl Model {
    /// The procedure.
    #[must_use]
    pub fn recipe(&self) -> &'static Recipe {
        Recipe::embedded()
    }

    /// The set-up while it is shown.
    #[must_use]
    pub fn setup_shown(&self) -> Option<&Setup> {
        match self.screen {
            Screen::Setup => self.setup.as_deref(),
            _ => None,
        }
    }

    /// Where text is typed now.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        if self.help.is_some() {
            return None;
        }
        match &self.screen {
            Screen::Plan(screen) => screen.asks().then_some(&screen.typed),
            Screen::Undo(screen) => Some(&screen.typed),
            Screen::SignOff(screen) => Some(&screen.note),
            Screen::PasteBack(screen) => Some(&screen.typed),
            Screen::Setup => self.setup.as_deref().and_then(Setup::entry),
            Screen::Steps | Screen::Writing(_) | Screen::Outcome(_) | Screen::Summary(_) => None,
        }
    }

    /// Whether something runs, so that time must be shown passing.
    #[must_use]
    pub fn busy(&self) -> bool {
        let reading = self.campus.as_ref().is_some_and(|campus| !campus.readings.is_empty());
        let exploring = self.setup.as_ref().is_some_and(|setup| setup.busy());
        let planning = matches!(&self.screen, Screen::Plan(screen) if screen.job.since().is_some());
        reading || exploring || planning || self.writing()
    }

    /// Whether something is being written that must be finished and journaled before leaving.
    #[must_use]
    pub fn writing(&self) -> bool {
        let saving = self.setup.as_ref().is_some_and(|setup| setup.saving.since().is_some());
        let signing = matches!(&self.screen, Screen::SignOff(screen) if screen.job.since().is_some());
        saving || signing || matches!(self.screen, Screen::Writing(_))
    }

    /// Which picture of the spinner, for something that runs since then.
    #[must_use]
    pub fn spin(&self, since: Timestamp) -> usize {
        let ms = self.now.as_millisecond().saturating_sub(since.as_millisecond()).max(0);
        usize::try_from(ms / 120).unwrap_or(0)
    }

    /// How long something runs, in whole seconds, once that is worth saying.
    #[must_use]
    pub fn age(&self, since: Timestamp) -> Option<i64> {
        let seconds = self.now.as_second() - since.as_second();
        (seconds >= 1).then_some(seconds)
    }

    /// A time of day today, or the date with it.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> String {
        let (then, now) = (at.to_zoned_datetime(self.zone.clone()), self.now.to_zoned_datetime(self.zone.clone()));
        let form = if then.date() == now.date() {
            "%H:%M:%S"
        } else if then.year() == now.year() {
            "%-d %b %H:%M"
        } else {
            "%-d %b %Y"
        };
        then.strftime(form).to_string()
    }
}

impl PlanScreen {
    /// Whether the campus code is asked for: there is something to send and nothing in its way.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.job.got().is_some_and(Plan::writes_anything)
    }
}

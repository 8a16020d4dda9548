//! What is shown: one at a time, each with its own state.
use super::errand::{ForecastScreen, Foretelling, ForetoldScreen, GoLiveScreen, HandOffScreen};
use super::job::Job;
use super::proof::{ProveScreen, ProvedScreen, Proving};
use crate::engine::paste::PastedForm;
use crate::engine::plan::{Draft, Plan};
use crate::failure::Failure;
use crate::recipe::{FieldKey, StepId};
use crate::tui::entry::Entry;
use crate::tui::msg::{Applied, Ticket};
use jiff::Timestamp;

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
    /// Asks for the campus code before test requests are made.
    Prove(ProveScreen),
    /// A proof is under way.
    Proving(Proving),
    /// How a proof ended.
    Proved(ProvedScreen),
    /// A person's word.
    SignOff(SignOff),
    /// What the screen shows, pasted and compared.
    PasteBack(PasteBack),
    /// Done, not done, waited for; and the first line shown.
    Summary(usize),
    /// The gates, the switch, and the way back.
    GoLive(GoLiveScreen),
    /// The hand-off.
    HandOff(HandOffScreen),
    /// Asks about whom to foresee.
    Forecast(ForecastScreen),
    /// A forecast is under way.
    Foretelling(Foretelling),
    /// How a forecast ended.
    Foretold(ForetoldScreen),
    /// The set-up; its state is [`super::Model::setup`].
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
    /// The word that signs, as far as it is typed.
    pub yes: Entry,
    /// What is typed now.
    pub typing: Typing,
    /// Why what was typed does not sign.
    pub refused: Option<String>,
    /// On its way.
    pub job: Job<()>,
    /// The first line shown.
    pub top: usize,
}

/// What is typed on a sign-off. It begins with what signs nothing, so that nobody runs through it unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The remark.
    Remark,
    /// The word that signs.
    Yes,
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
    /// As typed or pasted, where it is this value alone.
    pub typed: Entry,
    /// The whole form, where one was pasted.
    pub form: Option<PastedForm>,
    /// The lines of that form, numbered as they are spoken of; empty where one holds what looks like a key.
    pub lines: Vec<String>,
    /// On its way into the journal.
    pub job: Job<()>,
    /// The first line shown.
    pub top: usize,
}

impl PasteBack {
    /// Of this value, nothing pasted yet.
    #[must_use]
    pub fn of(key: FieldKey, typed: Entry) -> Self {
        Self { key, typed, form: None, lines: Vec::new(), job: Job::Idle, top: 0 }
    }
}

impl SignOff {
    /// Of these values, nothing typed yet.
    #[must_use]
    pub fn of(way: Way, keys: Vec<FieldKey>) -> Self {
        let empty = || Entry::open("");
        let (note, yes) = (empty(), empty());
        Self { way, keys, note, yes, typing: Typing::Remark, refused: None, job: Job::Idle, top: 0 }
    }

    /// Whether the word that signs stands where the cursor is: the whole word, and nothing else.
    #[must_use]
    pub fn signs(&self) -> bool {
        let typed = match self.typing {
            Typing::Remark => &self.note,
            Typing::Yes => &self.yes,
        };
        self.way == Way::Sign && typed.text().trim().eq_ignore_ascii_case("yes")
    }

    /// Whether Enter gives the word as it stands, if it stands there rightly; else it goes on to where the word is typed.
    #[must_use]
    pub fn is_last(&self) -> bool {
        match self.way {
            Way::Sign => self.typing == Typing::Yes,
            Way::TakeBack => true,
        }
    }

    /// Where text is typed.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        match self.typing {
            Typing::Remark => &self.note,
            Typing::Yes => &self.yes,
        }
    }

    /// The same, to be changed.
    pub fn entry_mut(&mut self) -> &mut Entry {
        match self.typing {
            Typing::Remark => &mut self.note,
            Typing::Yes => &mut self.yes,
        }
    }
}

impl Screen {
    /// Whether what a screen shows is pasted here.
    #[must_use]
    pub fn is_paste_back(&self) -> bool {
        matches!(self, Self::PasteBack(_))
    }
}

impl PlanScreen {
    /// Whether the campus code is asked for: there is something to send and nothing in its way.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.job.got().is_some_and(Plan::writes_anything)
    }
}

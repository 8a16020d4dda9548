//! What a hand-off tells. All texts in it are fit for a screen and free of patrons' ids; each renderer escapes them its own way.
use crate::engine::judge::{StepState, Verdict};
use crate::recipe::{Owner, StepId};
use crate::site::{Environment, Stance};
use jiff::Timestamp;

/// Everything a hand-off tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// The campus's name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Sandbox or production.
    pub environment: Environment,
    /// Ahead or live.
    pub stance: Stance,
    /// When the reading ended.
    pub at: Timestamp,
    /// What the campus amounts to.
    pub state: StepState,
    /// All eight steps.
    pub steps: Vec<StepLine>,
    /// What is waited for, in the procedure's order; nothing where all is done.
    pub waits: Vec<Wait>,
    /// What is to be entered or done, step by step.
    pub todo: Vec<Todo>,
    /// The procedure's values with what stands behind each.
    pub rows: Vec<Row>,
    /// What was found beside the procedure's values: before it, and after.
    pub before: Vec<Before>,
    /// Things worth saying beside it.
    pub remarks: Vec<String>,
    /// Of what it tells.
    pub of: Of,
}

/// Of what a hand-off tells: one made in practice must not be taken for a campus's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A campus's own Alma and ILLiad.
    Campus,
    /// The embedded ones.
    Practice,
}

impl Of {
    /// What stands first in whatever may be passed on by itself.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Campus => "",
            Self::Practice => "PRACTICE: ",
        }
    }
}

impl Handoff {
    /// The same, made in practice.
    #[must_use]
    pub fn in_practice(self) -> Self {
        Self { of: Of::Practice, ..self }
    }

    /// What is said where the to-do card has nothing on it.
    #[must_use]
    pub fn nothing_left(&self) -> &'static str {
        let waits = |before: &Before| before.step == StepId::Prove && before.standing == Standing::Waiting;
        if self.stance == Stance::Live && self.before.iter().any(waits) {
            return "Nothing is left to do but to prove it again: the last proof was before going live (on the wizard's step Prove, or with last-resort prove).";
        }
        match self.stance {
            Stance::Ahead => {
                "Nothing is left to do ahead of time. Next, once the library is ready: going live (g on the wizard's summary, or last-resort golive)."
            }
            Stance::Live => "Nothing is left to do.",
        }
    }

    /// How many of the procedure's values stand like this.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|row| row.standing == standing).count()
    }

    /// The values of a step.
    pub fn rows_of(&self, step: StepId) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.step == step)
    }
}

/// How a value stands; the order is that in which they are told: what needs somebody first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Not as wanted.
    Differs,
    /// The record is not there.
    Absent,
    /// Could not be looked at.
    Unread,
    /// Nobody has said or shown it.
    Waiting,
    /// A person said so.
    Attested,
    /// As wanted.
    Same,
}

impl Standing {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::Differs, Self::Absent, Self::Unread, Self::Waiting, Self::Attested, Self::Same];

    /// The contract's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Absent => "absent",
            Self::Unread => "unread",
            Self::Waiting => "waiting",
            Self::Attested => "attested",
            Self::Same => "same",
        }
    }

    /// What the word means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Differs => "there is something else than the procedure wants",
            Self::Absent => "the record is not there",
            Self::Unread => "it could not be looked at; that never means missing",
            Self::Waiting => "nobody has said or shown it yet",
            Self::Attested => "a person said so, with name and time",
            Self::Same => "as the procedure wants it, and seen",
        }
    }

    /// A sign that tells it apart without a colour.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Differs => "\u{2717}",
            Self::Absent => "\u{2205}",
            Self::Unread => "?",
            Self::Waiting => "\u{2026}",
            Self::Attested => "\u{270d}",
            Self::Same => "\u{2713}",
        }
    }
}

impl From<&Verdict> for Standing {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Differs(_) => Self::Differs,
            Verdict::Absent => Self::Absent,
            Verdict::Unread(_) => Self::Unread,
            Verdict::Waiting(_) => Self::Waiting,
            Verdict::Attested(_) => Self::Attested,
            Verdict::Same(_) => Self::Same,
        }
    }
}

/// How a value is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// An API said so in this run.
    ReadNow,
    /// A file was imported: its name.
    File(String),
    /// Pasted from a screen.
    Pasted,
    /// Behaviour seen.
    Proved,
    /// A person's word.
    SignedOff,
    /// Our own journaled write set it; Alma does not show it.
    OwnWrite,
    /// It is not known; why.
    NotKnown(String),
}

impl How {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::ReadNow => "read now".to_owned(),
            Self::File(name) => format!("imported from {name}"),
            Self::Pasted => "pasted from the screen".to_owned(),
            Self::Proved => "seen to work".to_owned(),
            Self::SignedOff => "signed off".to_owned(),
            Self::OwnWrite => "set by our own write".to_owned(),
            Self::NotKnown(why) => why.clone(),
        }
    }
}

/// One of the procedure's values with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its step.
    pub step: StepId,
    /// The heading on the screen.
    pub heading: String,
    /// Its full key.
    pub key: String,
    /// As the screen shows it.
    pub label: String,
    /// What the procedure wants.
    pub want: String,
    /// What is there instead, where that is known and not what is wanted.
    pub instead: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// How it is known.
    pub how: How,
    /// Who said, showed or was asked.
    pub who: Option<String>,
    /// When.
    pub when: Option<Timestamp>,
    /// The person's remark.
    pub note: Option<String>,
}

/// A finding beside the procedure's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Its step.
    pub step: StepId,
    /// What it is about.
    pub label: String,
    /// How it stands.
    pub standing: Standing,
    /// In words.
    pub words: String,
}

/// A step, its owner and what it amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// Which.
    pub id: StepId,
    /// On screens.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// Folded from its findings.
    pub state: StepState,
}

/// Something that is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Who is to act.
    pub owner: Owner,
    /// On which step.
    pub title: String,
    /// The step's state.
    pub state: StepState,
    /// Since when it could have been done.
    pub since: Timestamp,
    /// What it waits for, in words.
    pub words: String,
}

/// What is to be done on a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// Who is to act.
    pub owner: Owner,
    /// The step.
    pub title: String,
    /// The heading of the procedure it comes from.
    pub cite: String,
    /// What is to be done before anything can be entered.
    pub first: Vec<String>,
    /// Values a person enters, screen by screen.
    pub groups: Vec<TodoGroup>,
    /// What to do next, beside entering them.
    pub next: Vec<String>,
}

impl Todo {
    /// What stands over the next things to do: nothing comes "then" that has nothing before it.
    #[must_use]
    pub fn over_next(&self) -> &'static str {
        if self.first.is_empty() && self.groups.is_empty() { "To do:" } else { "Then:" }
    }
}

/// One screen's part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodoGroup {
    /// The heading on the screen.
    pub title: String,
    /// The way there.
    pub menu: String,
    /// Before entering the values; nothing where only some of the screen's values are to be entered.
    pub open: Vec<String>,
    /// In the screen's order.
    pub values: Vec<TodoValue>,
    /// After.
    pub close: Vec<String>,
}

/// A value to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodoValue {
    /// As the screen shows it.
    pub label: String,
    /// Exactly what to enter.
    pub value: String,
}

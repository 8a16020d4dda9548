//! Verdict, evidence, finding, state. A word never claims more than its evidence.
use crate::engine::journal::SignOff;
use crate::engine::observed::UnreadReason;
use crate::recipe::{FieldKey, Owner, StepId};
use jiff::Timestamp;
use std::fmt;

/// What stands behind a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// An API said so now.
    Read,
    /// Compared with what a person pasted or a file exported.
    Imported,
    /// Behaviour seen.
    Proved,
    /// A person said so.
    Attested,
}

impl Evidence {
    /// The contract's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Imported => "imported",
            Self::Proved => "proved",
            Self::Attested => "attested",
        }
    }
}

/// The judgement on one value. Evidence is part of it, so that none can be claimed without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As wanted.
    Same(Evidence),
    /// Not as wanted.
    Differs(Evidence),
    /// The record is not there.
    Absent,
    /// Could not look; never "missing".
    Unread(UnreadReason),
    /// A person said so.
    Attested(SignOff),
    /// Nobody has said or shown it yet; why.
    Waiting(String),
}

impl Verdict {
    /// The contract's word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Same(_) => "same",
            Self::Differs(_) => "differs",
            Self::Absent => "absent",
            Self::Unread(_) => "unread",
            Self::Attested(_) => "attested",
            Self::Waiting(_) => "waiting",
        }
    }

    /// What stands behind it; none for `waiting` and `unread`.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        match self {
            Self::Same(evidence) | Self::Differs(evidence) => Some(*evidence),
            Self::Absent => Some(Evidence::Read),
            Self::Attested(_) => Some(Evidence::Attested),
            Self::Unread(_) | Self::Waiting(_) => None,
        }
    }

    /// Why, where the verdict needs a reason.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Unread(unread) => Some(unread.what.clone()),
            Self::Waiting(why) if !why.is_empty() => Some(why.clone()),
            _ => None,
        }
    }
}

/// Whether a finding counts for its step's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Folded into the state.
    Counts,
    /// Shown, and folded into nothing.
    Advisory,
}

/// Where a value was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldPlace {
    /// An API: the JSON pointer into the partner record, or the path asked.
    Api(String),
    /// A screen: its menu path.
    Screen(String),
}

impl FieldPlace {
    /// The contract's word for the channel.
    #[must_use]
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Screen(_) => "screen",
        }
    }

    /// The pointer or the menu path.
    #[must_use]
    pub fn at(&self) -> &str {
        match self {
            Self::Api(at) | Self::Screen(at) => at,
        }
    }
}

/// One value held against the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Identity.
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// The heading it stands under.
    pub group: String,
    /// What is wanted, in the procedure's words.
    pub want: Option<String>,
    /// What was seen, in the procedure's words.
    pub got: Option<String>,
    /// The judgement.
    pub verdict: Verdict,
    /// When what it rests on was shown or proved; none where that is this very reading, or a person's word, which has its own time.
    pub when: Option<Timestamp>,
    /// Whether it counts.
    pub weight: Weight,
    /// Where it was looked at.
    pub place: FieldPlace,
    /// Why the value matters, or what is the matter with it.
    pub why: String,
    /// The next thing to do, where there is one.
    pub hint: Option<String>,
}

/// State of a step or campus; the order is that of the fold: the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// A step it needs has nothing to build on.
    Blocked,
    /// Something could not be read.
    Unread,
    /// Something differs or is absent.
    Differs,
    /// Something waits for a person.
    Waiting,
    /// Nothing worse than a person's word.
    Attested,
    /// Everything was seen.
    Verified,
}

impl StepState {
    /// The contract's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Unread => "unread",
            Self::Differs => "differs",
            Self::Waiting => "waiting",
            Self::Attested => "attested",
            Self::Verified => "verified",
        }
    }

    /// Folds states: the first that holds.
    pub fn fold(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().min().unwrap_or(Self::Verified)
    }

    pub(crate) fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Unread(_) => Self::Unread,
            Verdict::Differs(_) | Verdict::Absent => Self::Differs,
            Verdict::Waiting(_) => Self::Waiting,
            Verdict::Attested(_) => Self::Attested,
            Verdict::Same(_) => Self::Verified,
        }
    }
}

impl fmt::Display for StepState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether the steps a step needs have something to build on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foundation {
    /// They have, or it could not be seen that they have not.
    Firm,
    /// This step has nothing there.
    Missing(StepId),
}

/// What a step amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReport {
    /// Which.
    pub id: StepId,
    /// On screens.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// What it stands on.
    pub ground: Foundation,
    /// In the procedure's order.
    pub findings: Vec<Finding>,
}

impl StepReport {
    /// Folded from the findings, never stored.
    #[must_use]
    pub fn state(&self) -> StepState {
        match self.ground {
            Foundation::Missing(_) => StepState::Blocked,
            Foundation::Firm if self.counts() => {
                StepState::fold(self.counted().map(|finding| StepState::of(&finding.verdict)))
            }
            // Nothing but advice: the step says no more than that advice, and its campus folds nothing of it.
            Foundation::Firm => StepState::fold(self.findings.iter().map(|finding| StepState::of(&finding.verdict))),
        }
    }

    /// Whether anything here is folded into the campus's state.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.counted().next().is_some()
    }

    /// The findings that count.
    pub fn counted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.weight == Weight::Counts)
    }

    /// Whether something here is known not to be there, so that steps that need it have nothing to build on.
    #[must_use]
    pub fn lacks_its_record(&self) -> bool {
        matches!(self.ground, Foundation::Missing(_))
            || self.counted().any(|finding| finding.verdict == Verdict::Absent)
    }
}

/// What a step's state rests on, and since when: no reading is claimed of what no API shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateBasis {
    /// This reading.
    OnReading,
    /// What people showed, the newest of it then.
    OnShown(Timestamp),
    /// People's words, the newest of them then.
    OnWord(Timestamp),
    /// A proof of then.
    OnProof(Timestamp),
    /// Nobody has said or shown anything.
    OnNothing,
}

impl StepReport {
    /// What the state rests on.
    #[must_use]
    pub fn rests(&self) -> StateBasis {
        let read = |finding: &Finding| {
            let of_its_own = finding.when.is_some() || matches!(finding.verdict, Verdict::Attested(_));
            matches!(finding.place, FieldPlace::Api(_)) && !of_its_own
        };
        if self.findings.iter().any(read) {
            return StateBasis::OnReading;
        }
        let state = self.state();
        // A state is made by the findings that have it; what is verified or attested, by all of them.
        // Advice makes none where anything counts.
        let counted = |finding: &Finding| !self.counts() || finding.weight == Weight::Counts;
        let makes = |finding: &&Finding| match state {
            StepState::Verified | StepState::Attested => counted(finding),
            other => StepState::of(&finding.verdict) == other,
        };
        let rests = self.findings.iter().filter(makes).filter_map(|finding| match &finding.verdict {
            Verdict::Attested(said) => Some(StateBasis::OnWord(said.when)),
            verdict if verdict.evidence() == Some(Evidence::Proved) => finding.when.map(StateBasis::OnProof),
            _ => finding.when.map(StateBasis::OnShown),
        });
        // The state of a step that is attested is made by its words, whatever else was shown.
        let words = |rests: &StateBasis| state != StepState::Attested || matches!(rests, StateBasis::OnWord(_));
        rests.filter(words).max_by_key(|rests| rests.when()).unwrap_or(StateBasis::OnNothing)
    }
}

impl StateBasis {
    /// Since when, where that is not this reading.
    fn when(self) -> Option<Timestamp> {
        match self {
            Self::OnShown(when) | Self::OnWord(when) | Self::OnProof(when) => Some(when),
            Self::OnReading | Self::OnNothing => None,
        }
    }
}

/// What the campus amounts to, for the steps asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When the reading ended.
    pub at: Timestamp,
    /// In the procedure's order.
    pub steps: Vec<StepReport>,
}

impl Report {
    /// Folded from the steps. Where nothing in any of them counts, from the advice: a proof that nobody has seen verifies nothing.
    #[must_use]
    pub fn state(&self) -> StepState {
        let folded = |step: &&StepReport| step.counts() || matches!(step.ground, Foundation::Missing(_));
        match self.steps.iter().any(|step| folded(&step)) {
            true => StepState::fold(self.steps.iter().filter(folded).map(StepReport::state)),
            false => StepState::fold(self.steps.iter().map(StepReport::state)),
        }
    }

    /// The findings that decide: those that count, or the advice where it is all there is.
    pub fn deciding(&self) -> impl Iterator<Item = &Finding> {
        let advice_alone = !self.findings().any(|finding| finding.weight == Weight::Counts);
        self.findings().filter(move |finding| advice_alone || finding.weight == Weight::Counts)
    }

    /// The same for these steps alone.
    #[must_use]
    pub fn of(&self, steps: &[StepId]) -> Self {
        let steps = self.steps.iter().filter(|step| steps.contains(&step.id)).cloned().collect();
        Self { at: self.at, steps }
    }

    /// A step's report, if it was asked about.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&StepReport> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// All findings in order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.steps.iter().flat_map(|step| &step.findings)
    }

    /// The exit code (CONTRACT.md, "Exit codes"): the first of 1, 3, 4 that holds among the findings that decide, else 0.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let states: Vec<StepState> = self.deciding().map(|finding| StepState::of(&finding.verdict)).collect();
        let has = |state| states.contains(&state);
        match () {
            () if has(StepState::Unread) => 1,
            () if has(StepState::Differs) => 3,
            () if has(StepState::Waiting) => 4,
            () => 0,
        }
    }
}

//! Verdicts, evidence, findings and states. A verdict never claims more than its evidence shows.
use super::agreed::AgreedDifference;
use crate::engine::journal::{EvidenceOrigin, SignOff};
use crate::engine::observed::UnreadReason;
use crate::recipe::{FieldKey, Owner, StepId};
use jiff::Timestamp;
use std::fmt;

/// What a verdict is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// An API answered in this run.
    Read,
    /// A person pasted it, or imported an exported file.
    Imported,
    /// A proof showed how it behaves.
    Proved,
    /// A person signed it off.
    Attested,
}

impl Evidence {
    /// The word for it in the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Imported => "imported",
            Self::Proved => "proved",
            Self::Attested => "attested",
        }
    }
}

/// The judgement on one value. It contains its evidence, so none can be made without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Same(Evidence),
    Differs(Evidence),
    /// The record does not exist.
    Absent,
    /// We could not look. This never means "missing".
    Unread(UnreadReason),
    /// A person signed it off.
    Attested(SignOff),
    /// A person signed it off although evidence shows another value. Holds until newer evidence agrees.
    Contradicted(Contradiction),
    /// Nobody has signed it off or shown it yet. Holds the reason.
    Waiting(String),
}

/// A sign-off, and the evidence that speaks against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    pub sign_off: SignOff,
    /// The value that was shown.
    pub got: String,
    pub origin: EvidenceOrigin,
}

impl Contradiction {
    /// What speaks against the sign-off: `"Enabled" from rules.csv, imported by ada on 2026-11-29`.
    pub fn words(&self) -> String {
        let got = if self.got.trim().is_empty() { "(empty)".to_owned() } else { format!("\"{}\"", self.got) };
        format!("{got} {}", self.origin.words())
    }
}

impl Verdict {
    /// The word for it in the contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Same(_) => "same",
            Self::Differs(_) => "differs",
            Self::Absent => "absent",
            Self::Unread(_) => "unread",
            Self::Attested(_) | Self::Contradicted(_) => "attested",
            Self::Waiting(_) => "waiting",
        }
    }

    /// The evidence for it. `None` for `waiting` and `unread`.
    pub fn evidence(&self) -> Option<Evidence> {
        match self {
            Self::Same(evidence) | Self::Differs(evidence) => Some(*evidence),
            Self::Absent => Some(Evidence::Read),
            Self::Attested(_) | Self::Contradicted(_) => Some(Evidence::Attested),
            Self::Unread(_) | Self::Waiting(_) => None,
        }
    }

    /// The sign-off that it is based on, if it is based on one.
    pub fn sign_off(&self) -> Option<&SignOff> {
        match self {
            Self::Attested(said) => Some(said),
            Self::Contradicted(against) => Some(&against.sign_off),
            _ => None,
        }
    }

    /// The evidence that speaks against its sign-off, if there is any.
    pub fn contradiction(&self) -> Option<&Contradiction> {
        match self {
            Self::Contradicted(against) => Some(against),
            _ => None,
        }
    }
}

/// Whether a finding counts towards its step's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Counts,
    /// Shown, but does not count towards the state if any other finding does.
    Advisory,
}

/// Where a value was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldPlace {
    /// The JSON pointer into the partner record, or the API path that was read.
    Api(String),
    /// The menu path of the screen.
    Screen(String),
}

impl FieldPlace {
    /// The contract's word for the channel.
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Screen(_) => "screen",
        }
    }

    /// The JSON pointer, API path or menu path.
    pub fn at(&self) -> &str {
        match self {
            Self::Api(at) | Self::Screen(at) => at,
        }
    }
}

/// One value judged against the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// The screen's heading above it.
    pub group: String,
    /// The wanted value, in the procedure's words.
    pub want: Option<String>,
    /// The observed value, in the procedure's words.
    pub got: Option<String>,
    pub verdict: Verdict,
    /// When its evidence or proof was recorded. `None` for a value read in
    /// this run, and for a sign-off, which has its own time.
    pub when: Option<Timestamp>,
    /// Where its evidence comes from. `None` for a value that nobody pasted or imported.
    pub origin: Option<EvidenceOrigin>,
    pub weight: Weight,
    /// What the procedure says, where something else was agreed on.
    pub agreed: Option<AgreedDifference>,
    pub place: FieldPlace,
    /// Why the value matters, or what is wrong with it.
    pub why: String,
    /// The next thing to do, if there is one.
    pub hint: Option<String>,
}

/// The state of a step or campus. Variants are in the order of [`StepState::fold`]: the first that occurs wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// A step that this one needs has no record yet.
    Blocked,
    /// Something could not be read.
    Unread,
    /// Something differs or is absent.
    Differs,
    /// Something waits for a person.
    Waiting,
    /// Everything is right, but some of it only by sign-off.
    Attested,
    /// Everything was seen to be right.
    Verified,
}

impl StepState {
    /// The word for it in the contract.
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

    /// The first of these states in the enum's order. `Verified` if there are none.
    pub fn fold(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().min().unwrap_or(Self::Verified)
    }

    /// The exit code for a campus, a finding or a gate in this state.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Unread => 1,
            Self::Blocked | Self::Differs => 3,
            Self::Waiting => 4,
            Self::Attested | Self::Verified => 0,
        }
    }

    pub(crate) fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Unread(_) => Self::Unread,
            Verdict::Differs(_) | Verdict::Absent => Self::Differs,
            Verdict::Waiting(_) => Self::Waiting,
            Verdict::Attested(_) | Verdict::Contradicted(_) => Self::Attested,
            Verdict::Same(_) => Self::Verified,
        }
    }
}

impl fmt::Display for StepState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether the steps that a step needs have their records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prerequisite {
    /// They have, or we could not tell.
    Firm,
    /// This step's record does not exist.
    Missing(StepId),
}

/// The findings of a step, from which its state follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReport {
    pub id: StepId,
    /// As screens show it.
    pub title: String,
    pub owner: Owner,
    pub ground: Prerequisite,
    /// In the procedure's order.
    pub findings: Vec<Finding>,
}

impl StepReport {
    /// The state, folded from the findings and never stored.
    pub fn state(&self) -> StepState {
        match self.ground {
            Prerequisite::Missing(_) => StepState::Blocked,
            Prerequisite::Firm if self.counts() => {
                StepState::fold(self.counted().map(|finding| StepState::of(&finding.verdict)))
            }
            // With advisory findings only, they decide the step's state. The campus's state ignores them.
            Prerequisite::Firm => StepState::fold(self.findings.iter().map(|finding| StepState::of(&finding.verdict))),
        }
    }

    /// Whether any finding here counts towards the campus's state.
    pub fn counts(&self) -> bool {
        self.counted().next().is_some()
    }

    /// The findings that count towards the state.
    pub fn counted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.weight == Weight::Counts)
    }

    /// The values that were signed off although evidence shows something else.
    pub fn contradicted(&self) -> impl Iterator<Item = (&Finding, &Contradiction)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.verdict.contradiction()?)))
    }

    /// Whether a record of this step, or of one it needs, is known not to
    /// exist. Steps that need this one are then blocked.
    pub fn lacks_its_record(&self) -> bool {
        matches!(self.ground, Prerequisite::Missing(_))
            || self.counted().any(|finding| finding.verdict == Verdict::Absent)
    }
}

/// What a step's state is based on, and since when. Values without an API are never claimed as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateBasis {
    OnReading,
    /// Evidence, with the time of the newest.
    OnShown(Timestamp),
    /// Sign-offs, with the time of the newest.
    OnWord(Timestamp),
    /// A proof, with its time.
    OnProof(Timestamp),
    /// Nobody has shown or signed off anything.
    OnNothing,
}

impl StepReport {
    /// What the state is based on.
    pub fn rests(&self) -> StateBasis {
        let read = |finding: &Finding| {
            let of_its_own = finding.when.is_some() || finding.verdict.sign_off().is_some();
            matches!(finding.place, FieldPlace::Api(_)) && !of_its_own
        };
        if self.findings.iter().any(read) {
            return StateBasis::OnReading;
        }
        let state = self.state();
        // A state comes from the findings that have it. `Verified` and `Attested` come from all findings.
        // Advisory findings matter only if no other finding counts.
        let counted = |finding: &Finding| !self.counts() || finding.weight == Weight::Counts;
        let makes = |finding: &&Finding| match state {
            StepState::Verified | StepState::Attested => counted(finding),
            other => StepState::of(&finding.verdict) == other,
        };
        let rests = self.findings.iter().filter(makes).filter_map(|finding| match &finding.verdict {
            verdict if verdict.sign_off().is_some() => verdict.sign_off().map(|said| StateBasis::OnWord(said.when)),
            verdict if verdict.evidence() == Some(Evidence::Proved) => finding.when.map(StateBasis::OnProof),
            _ => finding.when.map(StateBasis::OnShown),
        });
        // An attested step is attested because of its sign-offs, even if it also has evidence.
        let words = |rests: &StateBasis| state != StepState::Attested || matches!(rests, StateBasis::OnWord(_));
        rests.filter(words).max_by_key(|rests| rests.when()).unwrap_or(StateBasis::OnNothing)
    }
}

impl StateBasis {
    /// Since when, unless it is this reading.
    fn when(self) -> Option<Timestamp> {
        match self {
            Self::OnShown(when) | Self::OnWord(when) | Self::OnProof(when) => Some(when),
            Self::OnReading | Self::OnNothing => None,
        }
    }
}

/// The report on a campus, for the steps asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When the reading ended.
    pub at: Timestamp,
    /// In the procedure's order.
    pub steps: Vec<StepReport>,
}

impl Report {
    /// The state, folded from the steps. If no finding counts, the
    /// advisory ones decide: an untried proof verifies nothing.
    pub fn state(&self) -> StepState {
        let folded = |step: &&StepReport| step.counts() || matches!(step.ground, Prerequisite::Missing(_));
        match self.steps.iter().any(|step| folded(&step)) {
            true => StepState::fold(self.steps.iter().filter(folded).map(StepReport::state)),
            false => StepState::fold(self.steps.iter().map(StepReport::state)),
        }
    }

    /// The findings that decide the state: those that count, or the advisory ones if there are no others.
    pub fn deciding(&self) -> impl Iterator<Item = &Finding> {
        let advice_alone = !self.findings().any(|finding| finding.weight == Weight::Counts);
        self.findings().filter(move |finding| advice_alone || finding.weight == Weight::Counts)
    }

    /// A copy of the report with these steps only.
    pub fn of(&self, steps: &[StepId]) -> Self {
        let steps = self.steps.iter().filter(|step| steps.contains(&step.id)).cloned().collect();
        Self { at: self.at, steps }
    }

    /// A step's report, if it was asked about.
    pub fn step(&self, id: StepId) -> Option<&StepReport> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// All findings, in the procedure's order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.steps.iter().flat_map(|step| &step.findings)
    }

    /// The exit code (CONTRACT.md, "Exit codes"): the first of 1, 3, 4
    /// that holds among the findings that decide, else 0.
    pub fn exit_code(&self) -> u8 {
        StepState::fold(self.deciding().map(|finding| StepState::of(&finding.verdict))).exit_code()
    }
}

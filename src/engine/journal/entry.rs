//! The entries of the journal, as they are stored on disk.
use super::known_verdict::KnownVerdict;
use super::probe::{ProbeEnd, ProbeKind, ProofResult, RequestByHand, System};
use super::source::{EvidenceSource, ExportedList, FileStamp};
use super::target::Target;
use super::token::ProbeToken;
use crate::recipe::{FieldKey, KeySlot, StepId};
use crate::secret::{ApiKey, Fingerprint};
use crate::site::{Environment, Stance};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a session of the wizard ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// The terminal closed or the program was ended.
    #[default]
    BrokenOff,
    /// The person left with `q` or Ctrl-C, or their input ended.
    ByChoice,
}

impl SessionEnd {
    fn is_broken_off(&self) -> bool {
        *self == Self::BrokenOff
    }
}

/// How a write changes the record in Alma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// Sent to Alma as `POST`.
    Create,
    /// Sent to Alma as `PUT`.
    Replace,
    /// Sent to Alma as `DELETE`.
    Delete,
}

/// Which command made a write, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    Apply,
    /// Undoes the write with this id.
    Undo(String),
    /// `keys rotate`, which changes only the export key.
    Rotate,
}

/// How a write ended, as far as we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WriteOutcome {
    /// The record was read back. Holds the digest of the record without its key, or `None` when the record is gone.
    Done(Option<String>),
    /// The write was certainly not executed. Holds the reason.
    Refused(String),
    /// No complete answer came, and the record read right afterwards was unchanged. We treat the write as not executed,
    /// though it may still arrive late.
    #[serde(rename = "not_seen")]
    NotSeen(String),
    /// The write was sent, and we do not know whether it was executed.
    Unknown(String),
}

/// What Alma answered to a write, as far as it matters for a write of unknown outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WriteAnswer {
    /// Anything that does not say how the write ended.
    #[default]
    Unclear,
    /// Alma answered that it took the write. The record may show it only later.
    Taken,
}

impl WriteAnswer {
    fn is_unclear(&self) -> bool {
        *self == Self::Unclear
    }
}

/// Why something was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOccasion {
    /// Somebody asked for it, or the wizard read a step.
    #[default]
    Request,
    /// A write was read back.
    ReadBack,
}

impl CheckOccasion {
    fn is_request(&self) -> bool {
        *self == Self::Request
    }
}

/// One thing that happened. Serialized as one line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum JournalEvent {
    /// A write is about to be sent. This is on disk before the first byte is sent.
    WriteBegun {
        /// Identifies this write in later events.
        id: String,
        verb: Verb,
        purpose: Purpose,
        environment: Environment,
        /// File name of the saved record before the write. `None` when there was no record.
        before: Option<String>,
        /// File name of the saved record as sent. `None` for a deletion.
        sent: Option<String>,
        /// The fields that the write changes.
        fields: Vec<FieldKey>,
        /// Fingerprint of the export key that was sent along.
        key: Option<Fingerprint>,
        /// The systems it is written in. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Target>,
    },
    /// A write ended, with its outcome as far as it is known.
    WriteEnded {
        /// The id of its `WriteBegun`.
        id: String,
        outcome: WriteOutcome,
        #[serde(default, skip_serializing_if = "WriteAnswer::is_unclear")]
        answer: WriteAnswer,
    },
    /// A person signed off values.
    Attested {
        target: Target,
        /// For each field, the value the procedure wanted at that time.
        fields: BTreeMap<FieldKey, String>,
        note: Option<String>,
        /// The export key that was meant, if it is among the fields. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<Fingerprint>,
    },
    /// A person took sign-offs back.
    Revoked { target: Target, fields: Vec<FieldKey>, note: Option<String> },
    /// A person showed what a screen or a list says, by pasting it or importing a file.
    Shown {
        target: Target,
        source: EvidenceSource,
        /// For each field, the value that was shown.
        fields: BTreeMap<FieldKey, String>,
        /// The lists that were shown whole, with the troubles found in their other rows.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        lists: BTreeMap<ExportedList, Vec<String>>,
        /// The stamp of the file, if it came from one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stamp: Option<FileStamp>,
        /// For each list, other rows of which nobody knows whether they get in the way of ours.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        neighbours: BTreeMap<ExportedList, Vec<String>>,
        /// For each field, the value that the procedure wanted at that time. Empty in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        wanted: BTreeMap<FieldKey, String>,
        /// The lists that were read whole and do not have our row. Empty in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        without_our_row: BTreeSet<ExportedList>,
        /// Values of our row that the lists have, but that were not understood. Empty in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        left_out: BTreeSet<FieldKey>,
        /// The lists whose other rows could not be judged. Empty in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        unjudged: BTreeSet<ExportedList>,
    },
    /// A person withdrew evidence: these values, and what these lists said of other rows.
    EvidenceForgotten { target: Target, fields: Vec<FieldKey>, lists: Vec<ExportedList> },
    /// A key is about to be replaced. This is on disk before anything is changed.
    RotationBegun {
        slot: KeySlot,
        environment: Environment,
        new: Fingerprint,
        /// The key that `new` replaces, if one was stored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old: Option<OldKey>,
    },
    /// Keys were removed from the key store here.
    KeysForgotten { slots: Vec<KeySlot>, environment: Environment },
    /// A key rotation ended.
    RotationEnded {
        slot: KeySlot,
        environment: Environment,
        new: Fingerprint,
        /// Why the rotation failed. The old key then stays stored here. `None` on success.
        failed: Option<String>,
    },
    /// The campus went live or was taken back.
    StanceSet {
        to: Stance,
        environment: Environment,
        /// For each gate, why it passed.
        gates: BTreeMap<String, String>,
    },
    /// A forecast ended, with its counts.
    Foreseen {
        environment: Environment,
        /// How many people it was about.
        people: usize,
        /// How many of them would become duplicate accounts.
        doubled: usize,
        /// How many could not be looked up.
        unread: usize,
        /// How many have an account that takes no requests, or may take none.
        #[serde(default)]
        troubled: usize,
        /// How many are unknown to Alma.
        #[serde(default)]
        unknown: usize,
        /// How many are not in ILLiad and came without an old username to look for.
        #[serde(default)]
        unseen: usize,
        /// How many are not in ILLiad, neither by EMPLID nor by old username.
        #[serde(default)]
        missing: usize,
        /// The people who are doubled or troubled, as salted hashes, each with the number of old usernames that were
        /// looked for. Empty where there are too many, and in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        affected: BTreeMap<String, usize>,
        /// People of whom an earlier forecast found that, and whom this one found to be right.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cleared: Vec<String>,
        /// The systems that were asked. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Target>,
    },
    /// A check of the campus ended.
    Checked {
        /// The state of what was checked.
        state: String,
        /// The systems that were read. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Target>,
        /// The steps that were checked. Empty in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<StepId>,
        /// The verdicts that are others than at the check before.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        verdicts: BTreeMap<FieldKey, KnownVerdict>,
        #[serde(default, skip_serializing_if = "CheckOccasion::is_request")]
        occasion: CheckOccasion,
    },
    /// The wizard ended, by choice or because the terminal closed or the program was ended.
    BrokenOff {
        environment: Environment,
        /// The step that was on the screen.
        step: StepId,
        /// The value that was selected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<FieldKey>,
        #[serde(default, skip_serializing_if = "SessionEnd::is_broken_off")]
        end: SessionEnd,
        /// What the person had typed but not submitted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unsent: Vec<UnsentInput>,
    },
    /// A test request is about to be made. This is on disk before the first byte is sent.
    ProbeBegun {
        /// Identifies the request in later events, and finds it again in both systems.
        token: ProbeToken,
        kind: ProbeKind,
        /// The test patron that the request is made for.
        patron: String,
        environment: Environment,
        /// The systems it is made in. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Target>,
        /// The request that a person placed, when this is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_hand: Option<RequestByHand>,
    },
    /// A system gave the test request its number.
    ProbeNumbered {
        token: ProbeToken,
        system: System,
        /// The number in that system.
        number: String,
        /// The `CitedIn` that finds the request in ILLiad, when the token does not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// The status of a test request was read.
    ProbeSeen { token: ProbeToken, system: System, status: String },
    /// Nothing is left of a test request in a system.
    ProbeEnded { token: ProbeToken, system: System, end: ProbeEnd },
    /// A proof reached a result.
    Proved {
        #[serde(flatten)]
        showed: ProofResult,
        /// The systems that it was seen in. `None` in an entry from before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Target>,
    },
}

/// A journal event with its time and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// The time in UTC.
    pub at: Timestamp,
    /// The name of the account that ran the program.
    pub by: String,
    #[serde(flatten)]
    pub entry: JournalEvent,
}

/// Text that was typed but not submitted when the terminal closed. Never a key: keys are typed in another place and are
/// not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsentInput {
    /// A remark on a sign-off.
    Remark {
        /// The fields to be signed off.
        fields: Vec<FieldKey>,
        text: String,
    },
    /// A value that the person pasted or copied from a screen.
    Value { field: FieldKey, text: String },
}

impl UnsentInput {
    /// The text that was typed.
    pub fn text(&self) -> &str {
        match self {
            Self::Remark { text, .. } | Self::Value { text, .. } => text,
        }
    }

    /// The text that was typed, for editing.
    pub fn text_mut(&mut self) -> &mut String {
        match self {
            Self::Remark { text, .. } | Self::Value { text, .. } => text,
        }
    }
}

/// What is kept of a replaced key, so that a person can tell which record to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKey {
    pub fingerprint: Fingerprint,
    /// A description of the key that does not reveal it.
    pub words: String,
}

impl OldKey {
    /// Describes a key that is about to be replaced.
    pub fn of(key: &ApiKey) -> Self {
        Self { fingerprint: key.fingerprint(), words: key.described() }
    }
}

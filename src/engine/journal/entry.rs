//! The entries of the journal.
use super::probe::{ProbeEnd, ProbeKind, System};
use super::proof_result::ProofResult;
use crate::recipe::{FieldKey, StepId};
use crate::secret::{ApiKey, Fingerprint};
use crate::site::{Environment, Site};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A write's verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// `POST`
    Create,
    /// `PUT`
    Replace,
    /// `DELETE`
    Delete,
}

/// Why a write was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// `apply`.
    Apply,
    /// `undo` of the write with this id.
    Undo(String),
    /// `keys rotate`: nothing but the export key.
    Rotate,
}

/// What became of a write, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WriteOutcome {
    /// Read back; the digest of the record without its key, or none where the record is gone.
    Done(Option<String>),
    /// Certainly not executed.
    Refused(String),
    /// No whole answer came, and read right after that the record was as before: taken for not executed, though it may arrive late.
    #[serde(rename = "not_seen")]
    NotSeen(String),
    /// Sent, and not known whether executed.
    Unknown(String),
}

/// Of which systems a person spoke: a word about the sandbox is none about production, nor one about one ILLiad about another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `sandbox` or `production`.
    pub environment: Environment,
    /// ILLiad's Web Platform.
    pub illiad: String,
}

impl Target {
    /// What the campus file names now.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self { environment: site.environment, illiad: site.illiad_url.to_string() }
    }

    /// Whether what was said of this target still counts for a field at another.
    pub(crate) fn counts_for(&self, key: &FieldKey, now: &Self) -> bool {
        self.environment == now.environment && (key.step() != Some(StepId::Illiad) || self.illiad == now.illiad)
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum JournalEvent {
    /// About to send a write. Stands on disk before the first byte is sent.
    WriteBegun {
        /// Names this write.
        id: String,
        /// Which verb.
        verb: Verb,
        /// Apply or undo.
        purpose: Purpose,
        /// `sandbox` or `production`.
        environment: Environment,
        /// The record before, or none where there was none: an image's name.
        before: Option<String>,
        /// The record as sent: an image's name; none for a deletion.
        sent: Option<String>,
        /// The fields it changes.
        fields: Vec<FieldKey>,
        /// Fingerprint of the export key sent along.
        key: Option<Fingerprint>,
    },
    /// What became of it.
    WriteEnded {
        /// Of which write.
        id: String,
        /// What became of it.
        outcome: WriteOutcome,
    },
    /// A person signed off.
    Attested {
        /// Of which systems.
        target: Target,
        /// Field by field, what the procedure wanted at that time.
        fields: BTreeMap<FieldKey, String>,
        /// A remark.
        note: Option<String>,
    },
    /// A person took it back.
    Revoked {
        /// Of which systems.
        target: Target,
        /// Which fields.
        fields: Vec<FieldKey>,
        /// A remark.
        note: Option<String>,
    },
    /// A person showed what stands on a screen or in a list: pasted or exported.
    Shown {
        /// Of which systems.
        target: Target,
        /// From where.
        source: crate::engine::journal::source::EvidenceSource,
        /// Field by field, what stood there.
        fields: BTreeMap<FieldKey, String>,
        /// The lists shown whole, with what gets in the way in their other rows.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        lists: BTreeMap<crate::engine::journal::source::ExportedList, Vec<String>>,
    },
    /// About to put a new key in an old one's place. Stands on disk before anything is changed.
    RotationBegun {
        /// Which key.
        slot: crate::recipe::KeySlot,
        /// `sandbox` or `production`.
        environment: crate::site::Environment,
        /// The new one.
        new: Fingerprint,
        /// The one it replaces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        old: Option<OldKey>,
    },
    /// What became of it.
    RotationEnded {
        /// Which key.
        slot: crate::recipe::KeySlot,
        /// `sandbox` or `production`.
        environment: crate::site::Environment,
        /// The new one.
        new: Fingerprint,
        /// Why it did not come to its end, if so; then the old key is the one stored here.
        failed: Option<String>,
    },
    /// The campus went live, or back.
    StanceSet {
        /// To what.
        to: crate::site::Stance,
        /// `sandbox` or `production`.
        environment: crate::site::Environment,
        /// Gate by gate, what stood behind it.
        gates: BTreeMap<String, String>,
    },
    /// A forecast ended.
    Foreseen {
        /// `sandbox` or `production`.
        environment: crate::site::Environment,
        /// How many people it was about.
        people: usize,
        /// How many of them would become duplicate accounts.
        doubled: usize,
        /// How many could not be looked up.
        unread: usize,
    },
    /// A check ended.
    Checked {
        /// The campus's state.
        state: String,
    },
    /// The terminal went away, or somebody ended the program, while a person sat at it.
    BrokenOff {
        /// `sandbox` or `production`.
        environment: Environment,
        /// At this step.
        step: StepId,
        /// Typed and not sent.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unsent: Vec<UnsentInput>,
    },
    /// About to make a request to be watched and cancelled. Stands on disk before the first byte is sent.
    ProbeBegun {
        /// Names it; it can be found by it.
        token: String,
        /// What it is.
        kind: ProbeKind,
        /// For which test patron.
        patron: String,
        /// `sandbox` or `production`.
        environment: Environment,
    },
    /// Its number is known.
    ProbeNumbered {
        /// Of which.
        token: String,
        /// In which system.
        system: System,
        /// As there.
        number: String,
        /// What finds it in ILLiad, where that is not made of the token.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// It was looked at.
    ProbeSeen {
        /// Of which.
        token: String,
        /// In which system.
        system: System,
        /// Its status.
        status: String,
    },
    /// Nothing is left of it there.
    ProbeEnded {
        /// Of which.
        token: String,
        /// In which system.
        system: System,
        /// Why.
        end: ProbeEnd,
    },
    /// What was shown by it.
    Proved {
        /// What.
        #[serde(flatten)]
        showed: ProofResult,
    },
}

/// An entry with its time and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When, UTC.
    pub at: Timestamp,
    /// The user's name.
    pub by: String,
    /// What.
    #[serde(flatten)]
    pub entry: JournalEvent,
}

/// Typed, and not sent when the terminal went away. Never a key: those are typed elsewhere, and are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsentInput {
    /// A remark to a sign-off.
    Remark {
        /// Of these values.
        fields: Vec<FieldKey>,
        /// As far as it was typed.
        text: String,
    },
    /// A value pasted or typed off a screen.
    Value {
        /// Of this field.
        field: FieldKey,
        /// As it stood there.
        text: String,
    },
}

impl UnsentInput {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Remark { text, .. } | Self::Value { text, .. } => text,
        }
    }

    /// The same, to be changed.
    pub fn text_mut(&mut self) -> &mut String {
        match self {
            Self::Remark { text, .. } | Self::Value { text, .. } => text,
        }
    }
}

/// What is kept of a replaced key, so that a person can tell which record to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKey {
    /// By which it is known again.
    pub fingerprint: Fingerprint,
    /// What may be said of it.
    pub words: String,
}

impl OldKey {
    /// Of this key.
    #[must_use]
    pub fn of(key: &ApiKey) -> Self {
        Self { fingerprint: key.fingerprint(), words: key.described() }
    }
}

//! What the journal holds: what was done, seen and attested, when and by whom.
use super::made::{ProbeEnd, System};
use super::probe::ProbeKind;
use super::proved::Showed;
use super::seen::{KeyWritten, Said, Voided};
use crate::recipe::{FieldKey, StepId};
use crate::secret::Fingerprint;
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
pub enum Outcome {
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
    pub(super) fn counts_for(&self, key: &FieldKey, now: &Self) -> bool {
        self.environment == now.environment && (key.step() != Some(StepId::Illiad) || self.illiad == now.illiad)
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Entry {
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
        outcome: Outcome,
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
        source: super::evidence::Source,
        /// Field by field, what stood there.
        fields: BTreeMap<FieldKey, String>,
        /// The lists shown whole, with what gets in the way in their other rows.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        lists: BTreeMap<super::evidence::List, Vec<String>>,
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
        old: Option<super::rotation::OldKey>,
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
        unsent: Vec<super::broken_off::Unsent>,
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
        showed: Showed,
    },
}

/// An entry with its time and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When, UTC.
    pub at: Timestamp,
    /// The user's name.
    pub by: String,
    /// What.
    #[serde(flatten)]
    pub entry: Entry,
}

/// Whether a word about a value ends with the partner's record: another record than the one looked at, or none. A rota template loses
/// its member with the partner.
#[must_use]
pub fn hangs_on_the_record(key: &FieldKey) -> bool {
    matches!(key.step(), Some(StepId::Partner | StepId::Rota))
}

/// The words that stand for these systems: the newest per field, unless revoked since.
#[must_use]
pub fn said(lines: &[Line], now: &Target) -> Vec<Said> {
    words(lines, now).0
}

/// The words that stood for these systems until the partner's record went or came, and were not given again since.
#[must_use]
pub fn voided(lines: &[Line], now: &Target) -> Vec<Voided> {
    words(lines, now).1
}

fn words(lines: &[Line], now: &Target) -> (Vec<Said>, Vec<Voided>) {
    let mut standing: BTreeMap<FieldKey, Said> = BTreeMap::new();
    let mut voided: BTreeMap<FieldKey, Voided> = BTreeMap::new();
    for line in lines {
        match &line.entry {
            Entry::WriteBegun { id, verb: by @ (Verb::Create | Verb::Delete), environment, .. }
                if *environment == now.environment && is_done(lines, id) =>
            {
                let ends = standing.extract_if(.., |key, _| hangs_on_the_record(key));
                voided.extend(ends.map(|(key, said)| (key.clone(), Voided { key, who: said.who, by: *by })));
            }
            Entry::Attested { target, fields, note } => {
                for (key, want) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
                    let said = Said {
                        key: key.clone(),
                        want: want.clone(),
                        who: line.by.clone(),
                        when: line.at,
                        note: note.clone(),
                    };
                    voided.remove(key);
                    standing.insert(key.clone(), said);
                }
            }
            Entry::Revoked { target, fields, .. } => {
                for key in fields.iter().filter(|key| target.counts_for(key, now)) {
                    standing.remove(key);
                    voided.remove(key);
                }
            }
            _ => {}
        }
    }
    (standing.into_values().collect(), voided.into_values().collect())
}

fn is_done(lines: &[Line], id: &str) -> bool {
    lines
        .iter()
        .any(|line| matches!(&line.entry, Entry::WriteEnded { id: ended, outcome: Outcome::Done(_) } if ended == id))
}

/// The export key that our last write to the record set, if that write is known to be done.
#[must_use]
pub fn key_written(lines: &[Line], now: Environment) -> Option<KeyWritten> {
    let mut written: Option<KeyWritten> = None;
    for line in lines {
        let Entry::WriteBegun { id, verb, key, environment, .. } = &line.entry else { continue };
        if *environment != now {
            continue;
        }
        let refused = lines.iter().any(
            |line| matches!(&line.entry, Entry::WriteEnded { id: ended, outcome: Outcome::Refused(_) } if ended == id),
        );
        let done = is_done(lines, id);
        match (done, verb, key) {
            (true, Verb::Delete, _) => written = None,
            (true, _, Some(key)) => {
                written = Some(KeyWritten { fingerprint: key.clone(), who: line.by.clone(), when: line.at });
            }
            // Perhaps it set another key: then nothing is known of the one before either.
            (false, _, Some(key)) if !refused => written = written.filter(|before| before.fingerprint == *key),
            _ => {}
        }
    }
    written
}

/// The newest write in an environment, if nobody wrote down how it ended: a kill, a lost machine, a read-back that failed.
#[must_use]
pub fn unfinished(lines: &[Line], now: Environment) -> Option<&Line> {
    let here = |line: &&Line| matches!(&line.entry, Entry::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let Entry::WriteBegun { id, .. } = &newest.entry else { return None };
    let ended = lines.iter().any(|line| match &line.entry {
        Entry::WriteEnded { id: ended, outcome } => ended == id && !matches!(outcome, Outcome::Unknown(_)),
        _ => false,
    });
    (!ended).then_some(newest)
}

/// The newest write in an environment, if it was taken for not executed without an answer that says so.
#[must_use]
pub fn not_seen(lines: &[Line], now: Environment) -> Option<&Line> {
    let here = |line: &&Line| matches!(&line.entry, Entry::WriteBegun { environment, .. } if *environment == now);
    let newest = lines.iter().rev().find(here)?;
    let Entry::WriteBegun { id, .. } = &newest.entry else { return None };
    let last = lines.iter().rev().find_map(|line| match &line.entry {
        Entry::WriteEnded { id: ended, outcome } if ended == id => Some(outcome),
        _ => None,
    });
    matches!(last, Some(Outcome::NotSeen(_))).then_some(newest)
}

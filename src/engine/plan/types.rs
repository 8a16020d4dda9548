//! A plan: its changes, what it was made from, and what became of each change.
use super::consent::Consent;
use super::merge;
use crate::engine::judge::{AgreedDifference, PartnerNeighbour};
use crate::engine::observed::{PartnerRecord, UnreadReason};
use crate::recipe::{FieldKey, Pointer, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// Refusal text: another key was found inside the record, so no before-image may be stored.
pub const KEY_ELSEWHERE: &str = "Alma's record contains an API key in the wrong field; remove it in Alma first, because backups of the record must \
     never contain keys";

/// How a value gets changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Written as part of a new record.
    Create,
    /// Written over the current value.
    Set,
    /// A person must enter it.
    ByHand,
}

impl Action {
    /// The word for it in the contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Set => "set",
            Self::ByHand => "by_hand",
        }
    }
}

/// One value that a plan changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    pub action: Action,
    /// The current value, in the procedure's words. `None` if it is empty or was not seen.
    pub from: Option<String>,
    /// The new value, in the procedure's words.
    pub to: Option<String>,
    /// JSON pointer, or menu path.
    pub at: String,
    /// Why the value matters, or why a person must enter it.
    pub why: String,
    /// What the procedure says, where something else was agreed on.
    pub agreed: Option<AgreedDifference>,
}

impl Change {
    /// The current value in words. A value without an API was not read, so it is shown as not seen.
    pub fn from_words(&self) -> &str {
        let nothing = if self.at.starts_with('/') { "(empty)" } else { "(not seen)" };
        self.from.as_deref().unwrap_or(nothing)
    }
}

/// What a plan was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// There was no record.
    NoRecord,
    Record(Box<PartnerRecord>),
    /// The record could not be read, so nothing is planned for the API.
    Unread(UnreadReason),
}

impl Basis {
    /// A digest to recognise the same basis by.
    pub fn digest(&self) -> String {
        match self {
            Self::NoRecord => merge::digest_of(&Value::from("no record")),
            Self::Record(record) => merge::digest(record),
            Self::Unread(_) => merge::digest_of(&Value::from("unread")),
        }
    }
}

/// What a consent does not cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentGap {
    /// It was given for another campus.
    Campus,
    /// The partner would be created beside these, which nobody consented to.
    Beside(Vec<PartnerNeighbour>),
}

/// The stage of a plan that is not yet confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft;

/// The stage of a plan for which a person typed the campus code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed;

/// The changes to make, and what they were made from. Only [`Plan::confirm`]
/// makes a `Plan<Confirmed>`, and only that can be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<Stage = Draft> {
    pub campus: CampusCode,
    pub environment: Environment,
    /// The steps asked about.
    pub steps: Vec<StepId>,
    pub basis: Basis,
    /// In the procedure's order.
    pub changes: Vec<Change>,
    /// Reasons that prevent every write. If there are any, nothing is written.
    pub obstacles: Vec<String>,
    /// Other partners that may be this campus's ILLiad. Creating ours beside them needs consent of its own.
    pub neighbours: Vec<PartnerNeighbour>,
    pub(crate) writes: Vec<(Pointer, Value)>,
    pub(crate) key: Option<ApiKey>,
    pub(crate) held_key: Option<UnreadReason>,
    pub(crate) unread_id: Option<UnreadReason>,
    pub(crate) stage: PhantomData<Stage>,
}

impl<Stage> Plan<Stage> {
    /// Whether anything would be sent to Alma.
    pub fn writes_anything(&self) -> bool {
        self.obstacles.is_empty() && self.due().next().is_some()
    }

    /// The changes that an API write would make.
    pub fn due(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.action != Action::ByHand)
    }

    /// The partners beside which this plan would create ours.
    pub fn created_beside(&self) -> &[PartnerNeighbour] {
        match &self.basis {
            Basis::NoRecord if self.writes_anything() => &self.neighbours,
            Basis::NoRecord | Basis::Record(_) | Basis::Unread(_) => &[],
        }
    }

    /// A digest to recognise the same plan by: the record it was made from, what it would write, and beside whom.
    pub fn digest(&self) -> String {
        let writes: Vec<Value> = self.writes.iter().map(|(at, value)| json!([at.as_str(), value])).collect();
        let key = self.key.as_ref().map(ApiKey::fingerprint);
        let beside: Vec<&str> = self.created_beside().iter().map(|neighbour| neighbour.code.as_str()).collect();
        merge::digest_of(&json!([self.campus, self.environment, self.basis.digest(), writes, key, beside]))
    }

    /// The record as it will be sent: the one that was read with the changes made, or a new one.
    pub fn record(&self) -> Value {
        let mut body = match &self.basis {
            Basis::Record(record) => record.body.clone(),
            Basis::NoRecord | Basis::Unread(_) => json!({}),
        };
        self.writes.iter().for_each(|(pointer, value)| merge::set(&mut body, pointer, value.clone()));
        body
    }

    /// The export key to send with the record, if any.
    pub fn key(&self) -> Option<&ApiKey> {
        self.key.as_ref()
    }

    /// Why the export key is not written although the plan needs it: ILLiad refused it, or could not be asked.
    pub fn held_key(&self) -> Option<&UnreadReason> {
        self.held_key.as_ref()
    }

    /// Why an identifier that the plan needs could not be looked up.
    pub fn unread_id(&self) -> Option<&UnreadReason> {
        self.unread_id.as_ref()
    }

    /// JSON pointers that the plan writes to.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().map(|(pointer, _)| pointer.as_str())
    }
}

impl Plan<Draft> {
    /// Confirms the plan, so that it can be applied, if the consent covers it.
    ///
    /// # Errors
    /// Says what the consent does not cover.
    pub fn confirm(self, consent: &Consent) -> Result<Plan<Confirmed>, ConsentGap> {
        if !consent.is_for(&self.campus) {
            return Err(ConsentGap::Campus);
        }
        let open: Vec<PartnerNeighbour> =
            self.created_beside().iter().filter(|neighbour| !consent.covers(&neighbour.code)).cloned().collect();
        if !open.is_empty() {
            return Err(ConsentGap::Beside(open));
        }
        let Self {
            campus,
            environment,
            steps,
            basis,
            changes,
            obstacles,
            neighbours,
            writes,
            key,
            held_key,
            unread_id,
            ..
        } = self;
        let stage = PhantomData;
        Ok(Plan {
            campus,
            environment,
            steps,
            basis,
            changes,
            obstacles,
            neighbours,
            writes,
            key,
            held_key,
            unread_id,
            stage,
        })
    }
}

/// The result of one change, as read back from Alma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteResult {
    /// Alma now has the new value.
    Written,
    /// Alma kept or stored another value.
    Kept,
    /// Alma refused it, or it was not sent.
    Refused,
    /// Not written because Alma refused the record for another value, which it may not name.
    HeldUp,
    /// Alma answered that it took the write, but does not show it yet.
    NotShown,
    /// The record could not be read back.
    Unknown,
    /// A person must enter it.
    ByHand,
}

impl WriteResult {
    /// JSON value. `unknown` never appears in JSON, only in human output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Kept => "kept",
            Self::Refused | Self::HeldUp => "refused",
            Self::Unknown | Self::NotShown => "unknown",
            Self::ByHand => "by_hand",
        }
    }

    /// The result in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotShown => "sent, but Alma does not show it yet",
            Self::HeldUp => "not set",
            Self::ByHand => "by hand",
            other => other.as_str(),
        }
    }
}

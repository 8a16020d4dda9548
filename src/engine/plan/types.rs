//! A plan: its changes, and what it was made from.
use super::consent::Consent;
use super::merge;
use crate::engine::observed::{PartnerRecord, UnreadReason};
use crate::recipe::{FieldKey, Pointer, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// Why a record that holds the export key in the wrong place is not written.
/// Why a record cannot be kept as the one before.
pub const KEY_ELSEWHERE: &str = "a key stands in a field of Alma's record that is not its own; it would be kept in the record before, which is never \
     to hold a key; take it out in Alma first";

/// What happens to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Written with a new record.
    Create,
    /// Written over what is there.
    Set,
    /// A person must.
    ByHand,
}

impl Action {
    /// The contract's word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Set => "set",
            Self::ByHand => "by_hand",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which field.
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// What happens.
    pub action: Action,
    /// What stands there, in the procedure's words.
    pub from: Option<String>,
    /// What will, in the procedure's words.
    pub to: Option<String>,
    /// JSON pointer or menu path.
    pub at: String,
    /// Why the value matters, or why a person must.
    pub why: String,
}

impl Change {
    /// What stands there, in words. What has no API was not looked at: nothing can be said of it.
    #[must_use]
    pub fn from_words(&self) -> &str {
        let nothing = if self.at.starts_with('/') { "(empty)" } else { "(not seen)" };
        self.from.as_deref().unwrap_or(nothing)
    }
}

/// What the plan was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// There was no record.
    NoRecord,
    /// This record.
    Record(Box<PartnerRecord>),
    /// It could not be read; nothing is planned for the API.
    Unread(UnreadReason),
}

impl Basis {
    /// Recognises the basis again.
    #[must_use]
    pub fn digest(&self) -> String {
        match self {
            Self::NoRecord => merge::digest_of(&Value::from("no record")),
            Self::Record(record) => merge::digest(record),
            Self::Unread(_) => merge::digest_of(&Value::from("unread")),
        }
    }
}

/// A plan not yet confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft;

/// A plan whose campus code a person typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed;

/// What to write, and from what it was made. Only [`Plan::confirm`] makes a `Plan<Confirmed>`, and only that is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<Stage = Draft> {
    /// Which campus.
    pub campus: CampusCode,
    /// Which environment.
    pub environment: Environment,
    /// The steps asked about.
    pub steps: Vec<StepId>,
    /// What it was made from.
    pub basis: Basis,
    /// Field by field, in the procedure's order.
    pub changes: Vec<Change>,
    /// What stands in the way of any write; then nothing is written.
    pub obstacles: Vec<String>,
    pub(crate) writes: Vec<(Pointer, Value)>,
    pub(crate) key: Option<ApiKey>,
    pub(crate) held_key: Option<UnreadReason>,
    pub(crate) stage: PhantomData<Stage>,
}

impl<Stage> Plan<Stage> {
    /// Whether anything is to be sent.
    #[must_use]
    pub fn writes_anything(&self) -> bool {
        self.obstacles.is_empty() && self.due().next().is_some()
    }

    /// The changes an API write would make.
    pub fn due(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.action != Action::ByHand)
    }

    /// Recognises this plan again: the record it was made from and what it would write.
    #[must_use]
    pub fn digest(&self) -> String {
        let writes: Vec<Value> = self.writes.iter().map(|(at, value)| json!([at.as_str(), value])).collect();
        let key = self.key.as_ref().map(ApiKey::fingerprint);
        merge::digest_of(&json!([self.campus, self.environment, self.basis.digest(), writes, key]))
    }

    /// The record as it will be sent: the one read with the changes in it, or a new one.
    #[must_use]
    pub fn record(&self) -> Value {
        let mut body = match &self.basis {
            Basis::Record(record) => record.body.clone(),
            Basis::NoRecord | Basis::Unread(_) => json!({}),
        };
        self.writes.iter().for_each(|(pointer, value)| merge::set(&mut body, pointer, value.clone()));
        body
    }

    /// The export key to send along.
    #[must_use]
    pub fn key(&self) -> Option<&ApiKey> {
        self.key.as_ref()
    }

    /// Why the export key is not written though it was due: ILLiad refuses it, or could not be asked.
    #[must_use]
    pub fn held_key(&self) -> Option<&UnreadReason> {
        self.held_key.as_ref()
    }

    /// Pointers the plan writes to.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().map(|(pointer, _)| pointer.as_str())
    }
}

impl Plan<Draft> {
    /// Makes it applicable, if the consent is for its campus.
    ///
    /// # Errors
    /// The plan itself, unconfirmed.
    pub fn confirm(self, consent: &Consent) -> Result<Plan<Confirmed>, Box<Self>> {
        if !consent.is_for(&self.campus) {
            return Err(Box::new(self));
        }
        let Self { campus, environment, steps, basis, changes, obstacles, writes, key, held_key, stage: _ } = self;
        Ok(Plan { campus, environment, steps, basis, changes, obstacles, writes, key, held_key, stage: PhantomData })
    }
}

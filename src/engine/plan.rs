//! What a write would change, field by field, and what stands in its way.
use super::identify::Identified;
use super::key_change::may_be_written;
use super::merge;
use super::seen::{PartnerRecord, Seen, Snapshot, Unread, WhyUnread, Wire};
use super::verdict::{Finding, Report, Verdict, Weight};
use super::verify::{holds_a_key, not_looked_up, readable};
use super::wanted::{Shape, Wanted, wanted};
use crate::recipe::{Channel, Field, FieldKey, Pointer, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment, Site};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::marker::PhantomData;

/// Why a record that came as XML is not sent back.
const AS_XML: &str =
    "Alma answered in XML though JSON was asked for; sending the record back as JSON could lose some of it";

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
    Unread(Unread),
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
    pub(super) writes: Vec<(Pointer, Value)>,
    pub(super) key: Option<ApiKey>,
    pub(super) held_key: Option<Unread>,
    pub(super) stage: PhantomData<Stage>,
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
    pub fn held_key(&self) -> Option<&Unread> {
        self.held_key.as_ref()
    }

    /// Pointers the plan writes to.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().map(|(pointer, _)| pointer.as_str())
    }
}

impl Plan<Draft> {
    /// Makes it applicable, if the campus code was typed exactly.
    ///
    /// # Errors
    /// The plan itself, unconfirmed.
    pub fn confirm(self, typed: &str) -> Result<Plan<Confirmed>, Box<Self>> {
        if typed != self.campus.as_str() {
            return Err(Box::new(self));
        }
        let Self { campus, environment, steps, basis, changes, obstacles, writes, key, held_key, stage: _ } = self;
        Ok(Plan { campus, environment, steps, basis, changes, obstacles, writes, key, held_key, stage: PhantomData })
    }
}

/// Plans what the findings call for. `report` must have been made from this snapshot and hold at least `partner` and `parameters`.
#[must_use]
pub fn plan(recipe: &Recipe, site: &Site, snapshot: &Snapshot, report: &Report, steps: &[StepId]) -> Plan<Draft> {
    let mut plan = Plan::empty(site, snapshot, steps);
    for finding in report.findings() {
        let Some(field) = recipe.field(&finding.key) else { continue };
        let named = finding.key.step().is_some_and(|step| steps.contains(&step));
        match &field.channel {
            Channel::Screen if named => plan.by_hand(finding),
            Channel::Screen => {}
            Channel::Api { pointer, .. } => plan.api(recipe, site, snapshot, finding, field, pointer, named),
        }
    }
    plan.keep_key(recipe, site, snapshot);
    plan.whole_record_obstacles(snapshot);
    plan
}

impl Plan<Draft> {
    /// Of what can be read, and without any change yet.
    pub(super) fn empty(site: &Site, snapshot: &Snapshot, steps: &[StepId]) -> Self {
        let basis = match readable(site, snapshot) {
            Ok(Some(record)) => Basis::Record(Box::new(record.clone())),
            Ok(None) => Basis::NoRecord,
            Err(unread) => Basis::Unread(unread),
        };
        Self {
            campus: site.institution.clone(),
            environment: site.environment,
            steps: steps.to_vec(),
            basis,
            changes: Vec::new(),
            obstacles: Vec::new(),
            writes: Vec::new(),
            key: None,
            held_key: None,
            stage: PhantomData,
        }
    }

    fn by_hand(&mut self, finding: &Finding) {
        if matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_)) || finding.weight == Weight::Advisory {
            return;
        }
        self.changes.push(change(finding, Action::ByHand, finding.why.clone()));
    }

    #[expect(clippy::too_many_arguments, reason = "the four parts of one judgement and where it goes")]
    fn api(
        &mut self,
        recipe: &Recipe,
        site: &Site,
        snapshot: &Snapshot,
        finding: &Finding,
        field: &Field,
        pointer: &Pointer,
        named: bool,
    ) {
        let action = match (&self.basis, &finding.verdict) {
            // A new record needs both tabs, whichever was named.
            (Basis::NoRecord, Verdict::Absent) => Action::Create,
            (Basis::Record(_), Verdict::Differs(_)) if named => Action::Set,
            _ => return,
        };
        match to_send(&wanted(recipe, site, &snapshot.alma, field), snapshot) {
            Ok(Sent::Value(value)) => {
                // A new record simply leaves out what is to be blank.
                if !(action == Action::Create && value.is_null()) {
                    self.writes.push((pointer.clone(), value));
                }
                self.changes.push(change(finding, action, finding.why.clone()));
            }
            Ok(Sent::Key(key)) => match key.and_then(|key| may_be_written(&snapshot.illiad.export_key).map(|()| key)) {
                Ok(key) => {
                    // The key itself is put in by the client; here only its place is made, so that the order is kept.
                    self.writes.push((pointer.clone(), Value::Null));
                    self.key = Some(key);
                    self.changes.push(change(finding, action, finding.why.clone()));
                }
                Err(why) => self.hold_key(finding, action, why),
            },
            Err(why) => {
                self.obstacles.push(format!("{}: {why}", finding.label));
                self.changes.push(change(finding, Action::ByHand, why));
            }
        }
    }

    fn hold_key(&mut self, finding: &Finding, action: Action, why: Unread) {
        self.changes.push(change(finding, Action::ByHand, why.what.clone()));
        // Alma's own key may stay while the rest is written; a new record without its key is of no use.
        if action == Action::Create || why.why == WhyUnread::KeyRefused {
            self.obstacles.push(format!("{}: {}; next: {}", finding.label, why.what, why.next));
        }
        self.held_key = Some(why);
    }

    /// What stands in the way of the whole record; where anything does, nothing of it is written.
    pub(super) fn whole_record_obstacles(&mut self, snapshot: &Snapshot) {
        self.record_obstacles(snapshot);
        if !self.obstacles.is_empty() {
            self.changes.iter_mut().for_each(|change| change.action = Action::ByHand);
        }
    }

    fn record_obstacles(&mut self, snapshot: &Snapshot) {
        let Basis::Record(record) = &self.basis else { return };
        if self.changes.iter().all(|change| change.action == Action::ByHand) {
            return;
        }
        let code = record.code().unwrap_or_default();
        if code != "ILLiad" {
            self.obstacles.push(format!(
                "Alma's record has the code \"{}\"; a partner whose code differs is never written to, and a code cannot be changed",
                super::clean::clean(code, 60)
            ));
        }
        let odd: BTreeSet<String> =
            self.writes.iter().filter_map(|(pointer, _)| merge::in_the_way(&record.body, pointer)).collect();
        self.obstacles.extend(odd.into_iter().map(|at| {
            format!("Alma's record has no fields at {at} but something else, which would be lost; change it in Alma")
        }));
        let key_elsewhere = holds_a_key(snapshot, record, &record.body);
        self.obstacles.extend(key_elsewhere.then(|| KEY_ELSEWHERE.to_owned()));
        self.obstacles.extend((record.wire == Wire::Xml).then(|| AS_XML.to_owned()));
    }
}

fn change(finding: &Finding, action: Action, why: String) -> Change {
    Change {
        key: finding.key.clone(),
        label: finding.label.clone(),
        action,
        from: finding.got.clone(),
        to: finding.want.clone(),
        at: finding.place.at().to_owned(),
        why,
    }
}

enum Sent {
    Value(Value),
    Key(Result<ApiKey, Unread>),
}

/// The wanted value as Alma's API takes it, or why it cannot be known.
fn to_send(wanted: &Wanted, snapshot: &Snapshot) -> Result<Sent, String> {
    Ok(Sent::Value(match wanted {
        Wanted::Text(text) => Value::from(text.as_str()),
        Wanted::Number(number) => Value::from(*number),
        Wanted::Checked(on) => Value::from(*on),
        Wanted::Choice(choice) => Value::from(choice.code.as_str()),
        Wanted::Blank => Value::Null,
        Wanted::Named(named) => match (&named.send, named.shape) {
            (Identified::Known { value, desc }, Shape::Object) => json!({"value": value, "desc": desc}),
            (Identified::Known { value, .. }, Shape::Plain) => Value::from(value.as_str()),
            (Identified::Unknowable(why), _) => return Err(why.clone()),
        },
        Wanted::Secret(_) => match &snapshot.export_key {
            Seen::Got((_, key)) => return Ok(Sent::Key(Ok(key.clone()))),
            Seen::NotThere => return Err("no export key is stored here".to_owned()),
            Seen::Unread(why) => return Ok(Sent::Key(Err(not_looked_up(why)))),
        },
    }))
}

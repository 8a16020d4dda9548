//! Makes a plan from findings: what is written, what a person enters, and what prevents the write.
use super::export_key::may_be_written;
use super::merge;
use super::types::{Action, Basis, Change, Draft, KEY_ELSEWHERE, Plan};
use crate::engine::judge::{
    CodeShape, Finding, Identification, Report, Snapshot, Verdict, WantedValue, Weight, holds_a_key, in_the_way,
    neighbours, not_looked_up, partner_code, readable, wanted,
};
use crate::engine::observed::{Observation, UnreadKind, UnreadReason, WireFormat};
use crate::recipe::{Channel, Pointer, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::marker::PhantomData;

/// Why a record that came as XML is not sent back.
const AS_XML: &str = "Alma answered in XML instead of JSON; sending the record back as JSON could lose some of it";

/// Plans the changes that the findings call for. `report` must come from this
/// snapshot and contain at least `partner` and `parameters`.
#[must_use]
pub fn plan(recipe: &Recipe, site: &Site, snapshot: &Snapshot, report: &Report, steps: &[StepId]) -> Plan<Draft> {
    let mut plan = Plan::empty(site, snapshot, steps);
    for finding in report.findings() {
        let Some(field) = recipe.field(&finding.key) else { continue };
        let named = finding.key.step().is_some_and(|step| steps.contains(&step));
        match &field.channel {
            Channel::Screen if named => plan.by_hand(finding),
            Channel::Screen => {}
            Channel::Api { pointer, .. } => {
                let sent = to_send(&wanted(recipe, site, &snapshot.alma, field), snapshot);
                plan.api(finding, pointer, named, sent);
            }
        }
    }
    plan.keep_key(recipe, site, snapshot);
    plan.whole_record_obstacles(recipe, site, snapshot);
    plan
}

impl Plan<Draft> {
    /// A plan without changes, based on the partner record if it can be read.
    pub(crate) fn empty(site: &Site, snapshot: &Snapshot, steps: &[StepId]) -> Self {
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
            neighbours: neighbours(site, snapshot),
            writes: Vec::new(),
            key: None,
            held_key: None,
            unread_id: None,
            stage: PhantomData,
        }
    }

    fn by_hand(&mut self, finding: &Finding) {
        if matches!(finding.verdict, Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_))
            || finding.weight == Weight::Advisory
        {
            return;
        }
        self.changes.push(change(finding, Action::ByHand, finding.why.clone()));
    }

    fn api(&mut self, finding: &Finding, pointer: &Pointer, named: bool, sent: Result<Sent, Unsent>) {
        let action = match (&self.basis, &finding.verdict) {
            // A new record needs both tabs, even if only one step was named.
            (Basis::NoRecord, Verdict::Absent) => Action::Create,
            (Basis::Record(_), Verdict::Differs(_)) if named => Action::Set,
            _ => return,
        };
        match sent {
            Ok(Sent::Value(value)) => {
                // A new record simply leaves out fields that must be empty.
                if !(action == Action::Create && value.is_null()) {
                    self.writes.push((pointer.clone(), value));
                }
                self.changes.push(change(finding, action, finding.why.clone()));
            }
            Ok(Sent::Key(Ok(key))) => {
                // The client inserts the key itself. This write only creates its place, so that the order of members
                // stays the same.
                self.writes.push((pointer.clone(), Value::Null));
                self.key = Some(key);
                self.changes.push(change(finding, action, finding.why.clone()));
            }
            Ok(Sent::Key(Err(why))) => self.hold_key(finding, action, why),
            Err(unsent) => {
                let why = match unsent {
                    Unsent::Unknowable(why) => why,
                    Unsent::Unread(why) => {
                        let words = why.plain().to_owned();
                        self.unread_id.get_or_insert(why);
                        words
                    }
                };
                self.obstacles.push(format!("{}: {why}", finding.label));
                self.changes.push(change(finding, Action::ByHand, why));
            }
        }
    }

    fn hold_key(&mut self, finding: &Finding, action: Action, why: UnreadReason) {
        self.changes.push(change(finding, Action::ByHand, why.plain().to_owned()));
        // Alma can keep its own key while the rest is written, but a new record is useless without a key.
        if action == Action::Create || why.why == UnreadKind::KeyRefused {
            self.obstacles.push(format!("{}: {}", finding.label, why.with_next()));
        }
        self.held_key = Some(why);
    }

    /// Adds what prevents writing the record. With any obstacle, nothing
    /// is written and a person must make every change.
    pub(crate) fn whole_record_obstacles(&mut self, recipe: &Recipe, site: &Site, snapshot: &Snapshot) {
        self.record_obstacles(recipe, site, snapshot);
        if !self.obstacles.is_empty() {
            self.changes.iter_mut().for_each(|change| change.action = Action::ByHand);
        }
    }

    fn record_obstacles(&mut self, recipe: &Recipe, site: &Site, snapshot: &Snapshot) {
        let Basis::Record(record) = &self.basis else { return };
        if self.changes.iter().all(|change| change.action == Action::ByHand) {
            return;
        }
        let code = record.code().unwrap_or_default();
        let wanted = partner_code(recipe, site);
        if code != wanted {
            self.obstacles.push(format!(
                "Alma's record has the code \"{}\" instead of \"{wanted}\"; a code cannot be changed, and last-resort never writes to a partner with another code",
                crate::text::clean(code, 60)
            ));
        }
        let odd: BTreeSet<String> =
            self.writes.iter().filter_map(|(pointer, _)| in_the_way(&record.body, pointer)).collect();
        self.obstacles.extend(odd.into_iter().map(|at| {
            format!("Alma's record has something unexpected at {at}, which would be lost; change it in Alma")
        }));
        let masked = merge::masked(&self.record());
        self.obstacles.extend(masked.iter().map(|at| {
            format!(
                "{}: Alma shows this value masked, and sending the mask back would overwrite the real value; if someone typed these characters, change them in Alma first",
                crate::text::clean(&merge::display_name(recipe, at), 200)
            )
        }));
        let key_elsewhere = holds_a_key(snapshot, record, &record.body);
        self.obstacles.extend(key_elsewhere.then(|| KEY_ELSEWHERE.to_owned()));
        self.obstacles.extend((record.wire == WireFormat::Xml).then(|| AS_XML.to_owned()));
    }
}

pub(crate) fn change(finding: &Finding, action: Action, why: String) -> Change {
    Change {
        key: finding.key.clone(),
        label: finding.label.clone(),
        action,
        from: finding.got.clone(),
        to: finding.want.clone(),
        at: finding.place.at().to_owned(),
        why,
        agreed: finding.agreed.clone(),
    }
}

enum Sent {
    Value(Value),
    /// The key, or why it is not written.
    Key(Result<ApiKey, UnreadReason>),
}

/// Why a value cannot be sent.
enum Unsent {
    /// Nothing that Alma answered shows its identifier, so a person must enter it.
    Unknowable(String),
    /// What may show its identifier could not be read.
    Unread(UnreadReason),
}

/// The wanted value in the form that Alma's API takes, or why it cannot be known.
fn to_send(wanted: &WantedValue, snapshot: &Snapshot) -> Result<Sent, Unsent> {
    Ok(Sent::Value(match wanted {
        WantedValue::Text(text) => Value::from(text.as_str()),
        WantedValue::Number(number) => Value::from(*number),
        WantedValue::Checked(on) => Value::from(*on),
        WantedValue::Choice(choice) => Value::from(choice.code.as_str()),
        WantedValue::Blank => Value::Null,
        WantedValue::Named(named) => match (&named.send, named.shape) {
            (Identification::Known { value, desc }, CodeShape::Object) => json!({"value": value, "desc": desc}),
            (Identification::Known { value, .. }, CodeShape::Plain) => Value::from(value.as_str()),
            (Identification::Unknowable(why), _) => return Err(Unsent::Unknowable(why.clone())),
            (Identification::Unread(why), _) => return Err(Unsent::Unread(why.clone())),
        },
        WantedValue::Secret(_) => match &snapshot.keys.export_key {
            Observation::Got((_, key)) => {
                return Ok(Sent::Key(may_be_written(&snapshot.illiad.export_key).map(|()| key.clone())));
            }
            Observation::NotThere => return Err(Unsent::Unknowable("no export key is stored here".to_owned())),
            Observation::Unread(why) => return Ok(Sent::Key(Err(not_looked_up(why)))),
        },
    }))
}

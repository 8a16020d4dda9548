//! Random records, made by changing the right one.
use crate::harness::{site, told};
use last_resort::engine::judge::{Snapshot, verify};
use last_resort::engine::observed::{ExportKey, Observation, PartnerRecord, WireFormat};
use last_resort::engine::plan::plan;
use last_resort::recipe::{Channel, Recipe, StepId};
use last_resort::secret::{ApiKey, KeyMask};
use last_resort::site::Site;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// The steps whose values Alma's API writes.
pub(crate) const WRITTEN: [StepId; 2] = [StepId::Partner, StepId::Parameters];

/// Returns a campus and its snapshot: everything was read, and there is no partner yet.
pub(crate) fn fresh() -> (Site, Snapshot) {
    let mut snapshot = told();
    let ncip = json!({"general_library_owner": {"value": "QCRS", "desc": "Resource Sharing Library"},
        "accept_item_pickup_library": {"value": "12.34", "desc": "Resource Sharing Library"}});
    let body = json!({"partner_details": {"code": "OTHER", "profile_details": {"ncip_details": ncip}}});
    snapshot.alma.others =
        Observation::Got(vec![PartnerRecord { body, key: ExportKey::Hidden, wire: WireFormat::Json }]);
    (site(&[]), snapshot)
}

/// Returns the pointers of the procedure's API fields.
pub(crate) fn pointers() -> Vec<&'static str> {
    let pointer = |field: &'static last_resort::recipe::Field| match &field.channel {
        Channel::Api { pointer, .. } => Some(pointer.as_str()),
        Channel::Screen => None,
    };
    Recipe::embedded().fields().filter_map(pointer).collect()
}

/// Picks one of these pointers.
pub(crate) fn pointer_at(at: &Index) -> &'static str {
    let all = pointers();
    all[at.index(all.len())]
}

/// Returns the record that a creation makes.
pub(crate) fn created() -> Value {
    let (site, snapshot) = fresh();
    let report = verify(Recipe::embedded(), &site, &snapshot, &StepId::ALL);
    plan(Recipe::embedded(), &site, &snapshot, &report, &WRITTEN).record()
}

/// One difference from the right record.
#[derive(Debug, Clone)]
enum Departure {
    /// A value of the procedure is replaced.
    Set(Index, Value),
    /// A value of the procedure is missing.
    LeaveOut(Index),
    /// An object anywhere in the record has an additional member.
    Unknown(Index, String, Value),
    /// A part of the record that the procedure does not cover has this value.
    Beside(&'static str, Value),
    /// All members are in another order.
    Shuffle(u64),
}

/// Generates any JSON; some of it looks like what Alma sends.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1.0e9..1.0e9).prop_map(|number: f64| json!(number)),
        // Spelled in an unusual way, so that rewriting the number would change the text.
        "-?[1-9][0-9]{0,30}(\\.[0-9]{1,25}0)?(e[+-][0-9]{1,3})?"
            .prop_map(|spelled| serde_json::from_str(&spelled).expect("a number")),
        "[ -~é\u{1b}\u{202e}\"\\\\\n]{0,12}".prop_map(Value::from),
        Just(json!("ILLiad")),
        ("[A-Z]{1,6}", "[ -~]{0,10}").prop_map(|(value, desc)| json!({"value": value, "desc": desc})),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Generates the name of a member, with characters that JSON pointers treat specially.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,10}", "[a-z]{0,3}[~/. \"é]{1,2}[a-z0-9]{0,3}", Just(String::new())]
}

fn departure() -> impl Strategy<Value = Departure> {
    let beside = select(vec![
        "/contact_info",
        "/note",
        "/partner_details/profile_details/iso_details",
        "/partner_details/profile_details/email_details",
        "/partner_details/network_group",
    ]);
    prop_oneof![
        4 => (any::<Index>(), any_json()).prop_map(|(at, value)| Departure::Set(at, value)),
        2 => any::<Index>().prop_map(Departure::LeaveOut),
        4 => (any::<Index>(), name(), any_json()).prop_map(|(at, name, value)| Departure::Unknown(at, name, value)),
        2 => (beside, any_json()).prop_map(|(at, value)| Departure::Beside(at, value)),
        1 => any::<u64>().prop_map(Departure::Shuffle),
    ]
}

/// Generates a partner record. The export key is removed from its JSON, as the client does on reading.
pub(crate) fn any_body() -> impl Strategy<Value = Value> {
    prop::collection::vec(departure(), 0..12).prop_map(|departures| {
        let mut body = created();
        departures.into_iter().for_each(|departure| depart(&mut body, departure));
        // The client leaves null where the key was. The partner's code is tested elsewhere, so it stays right.
        if let Some(key) = body.pointer_mut(KEY) {
            *key = Value::Null;
        }
        body["partner_details"]["code"] = json!("ILLiad");
        body
    })
}

/// JSON pointer to the export key.
pub(crate) const KEY: &str = "/partner_details/profile_details/ncip_details/export_api_key";

/// Generates an export key: hidden, masked, ours or another one.
pub(crate) fn any_key() -> impl Strategy<Value = ExportKey> {
    let parsed = |text: &str| ExportKey::Clear(ApiKey::parse(text.to_owned()).expect("a key"));
    prop_oneof![
        Just(ExportKey::Hidden),
        Just(ExportKey::Masked(KeyMask::default())),
        Just(parsed(told::OUR_KEY)),
        Just(parsed("a-key-that-somebody-else-has-set")),
    ]
}

fn depart(body: &mut Value, departure: Departure) {
    match departure {
        Departure::Set(at, value) => put(body, pointer_at(&at), value),
        Departure::LeaveOut(at) => {
            let (parent, name) = pointer_at(&at).rsplit_once('/').expect("a member");
            if let Some(members) = body.pointer_mut(parent).and_then(Value::as_object_mut) {
                members.shift_remove(name);
            }
        }
        Departure::Unknown(at, name, value) => {
            let mut all = Vec::new();
            objects(body, String::new(), &mut all);
            let place = body.pointer_mut(&all[at.index(all.len())]).and_then(Value::as_object_mut).expect("an object");
            // `Set` and `LeaveOut` change the procedure's own members, so leave existing ones alone here.
            place.entry(name).or_insert(value);
        }
        Departure::Beside(at, value) => put(body, at, value),
        Departure::Shuffle(seed) => *body = shuffled(body, seed),
    }
}

fn put(body: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').expect("a member");
    if let Some(members) = body.pointer_mut(parent).and_then(Value::as_object_mut) {
        members.insert(name.to_owned(), value);
    }
}

fn objects(value: &Value, at: String, all: &mut Vec<String>) {
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        objects(value, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all);
    }
    all.push(at);
}

/// Returns the same record with its members in an order that depends on the seed.
pub(crate) fn shuffled(value: &Value, seed: u64) -> Value {
    match value {
        Value::Object(members) => {
            let mut all: Vec<(&String, Value)> =
                members.iter().map(|(name, value)| (name, shuffled(value, seed))).collect();
            all.sort_by_key(|(name, _)| {
                let start = seed | 1;
                name.bytes().fold(start, |hash, byte| hash.wrapping_mul(start).rotate_left(7) ^ u64::from(byte))
            });
            all.into_iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => items.iter().map(|item| shuffled(item, seed)).collect(),
        other => other.clone(),
    }
}

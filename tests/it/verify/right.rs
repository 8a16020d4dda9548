//! The record as the procedure wants it, made field by field from the recipe and from what Alma's lists say.
use last_resort::engine::judge::{Snapshot, wanted_words};
use last_resort::engine::observed::Observation;
use last_resort::recipe::{CampusValue, Channel, Expectation, Field, Recipe};
use last_resort::site::Site;
use serde_json::{Map, Value, json};

/// The pointer of a field that the API has.
pub(crate) fn pointer(field: &Field) -> Option<&str> {
    match &field.channel {
        Channel::Api { pointer, .. } => Some(pointer.as_str()),
        Channel::Screen => None,
    }
}

/// The fields that the API has.
pub(crate) fn api_fields() -> impl Iterator<Item = (&'static Field, &'static str)> {
    Recipe::embedded().fields().filter_map(|field| Some((field, pointer(field)?)))
}

/// The right value of a field as Alma sends it; the export key is no part of a record's JSON.
pub(crate) fn value(site: &Site, snapshot: &Snapshot, field: &Field) -> Value {
    let label = || wanted_words(Recipe::embedded(), site, snapshot, field).expect("a wanted value");
    match &field.want {
        Expectation::Blank | Expectation::Secret(_) => Value::Null,
        Expectation::Number(number) => json!(number),
        Expectation::Checked(on) => json!(on),
        Expectation::Choice(choice) => json!(choice.code),
        Expectation::FromSite(CampusValue::ReceiveDesk) => json!(code(site, snapshot, field)),
        Expectation::Coded { .. } | Expectation::Location(_) | Expectation::FromSite(_) => {
            json!({"value": code(site, snapshot, field), "desc": label()})
        }
        _ => json!(label()),
    }
}

/// The code that Alma's list gives for what a field wants.
pub(crate) fn code(site: &Site, snapshot: &Snapshot, field: &Field) -> String {
    let rows = list(snapshot, field);
    match &field.want {
        Expectation::FromSite(CampusValue::Library | CampusValue::PickupLibrary) => site.library.clone(),
        Expectation::FromSite(_) => named(&rows, &site.receive_desk),
        Expectation::Coded { label, .. } | Expectation::Location(label) => named(&rows, label),
        other => panic!("{other:?} has no list"),
    }
}

fn named(rows: &[(String, String)], label: &str) -> String {
    rows.iter().find(|(_, name)| name == label).map(|(code, _)| code.clone()).expect("on the list")
}

/// Alma's list for a field: code and label.
pub(crate) fn list(snapshot: &Snapshot, field: &Field) -> Vec<(String, String)> {
    fn got<T>(seen: &Observation<Vec<T>>, pair: impl Fn(&T) -> (String, String)) -> Vec<(String, String)> {
        seen.got().into_iter().flatten().map(pair).collect()
    }
    let alma = &snapshot.alma;
    match &field.want {
        Expectation::Coded { table, .. } => got(&alma.tables[table], |row| (row.code.clone(), row.description.clone())),
        Expectation::Location(_) => got(&alma.locations, |row| (row.code.clone(), row.name.clone())),
        Expectation::FromSite(CampusValue::ReceiveDesk) => got(&alma.desks, |row| (row.code.clone(), row.name.clone())),
        Expectation::FromSite(_) => got(&alma.libraries, |row| (row.code.clone(), row.name.clone())),
        _ => Vec::new(),
    }
}

/// Puts a value at a pointer, making the objects on the way.
pub(crate) fn put(record: &mut Value, pointer: &str, value: Value) {
    let mut at = record;
    for name in pointer.split('/').skip(1) {
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[name];
    }
    *at = value;
}

/// Takes the member at a pointer out.
pub(crate) fn take_out(record: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a member");
    let members = record.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    members.shift_remove(name).expect("a member");
}

/// The whole record.
pub(crate) fn record(site: &Site, snapshot: &Snapshot) -> Value {
    let mut record = json!({});
    for (field, pointer) in api_fields() {
        put(&mut record, pointer, value(site, snapshot, field));
    }
    record
}

//! Builds the right partner record, field by field, from the recipe and Alma's lists.
use last_resort::engine::judge::{Snapshot, wanted_words};
use last_resort::engine::observed::Observation;
use last_resort::recipe::{CampusValue, Channel, Expectation, Field, Recipe};
use last_resort::site::Site;
use serde_json::{Map, Value, json};

/// Returns the JSON pointer of a field, or `None` for a screen field.
pub(crate) fn pointer(field: &Field) -> Option<&str> {
    match &field.channel {
        Channel::Api { pointer, .. } => Some(pointer.as_str()),
        Channel::Screen => None,
    }
}

/// Returns the fields that the API has, each with its pointer.
pub(crate) fn api_fields() -> impl Iterator<Item = (&'static Field, &'static str)> {
    Recipe::embedded().fields().filter_map(|field| Some((field, pointer(field)?)))
}

/// Returns a field's right value as Alma sends it. The export key is null, since it is never part of a record's JSON.
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

/// Returns the code that Alma's list has for a field's wanted value.
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

/// Returns Alma's list for a field as pairs of code and label.
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

/// Puts a value at a pointer and creates the objects on the way.
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

/// Removes the member at a pointer.
pub(crate) fn take_out(record: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a member");
    let members = record.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    members.shift_remove(name).expect("a member");
}

/// Returns the whole right record.
pub(crate) fn record(site: &Site, snapshot: &Snapshot) -> Value {
    let mut record = json!({});
    for (field, pointer) in api_fields() {
        put(&mut record, pointer, value(site, snapshot, field));
    }
    record
}

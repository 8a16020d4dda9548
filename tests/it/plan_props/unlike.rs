//! Compares two records, independently of the program's own code.
use serde_json::{Map, Value};

/// Fails unless `after` differs from `before` only at the pointers and on the way to them. Every other member must be
/// there unchanged and in its place.
pub(crate) fn only(before: &Value, after: &Value, at: &str, pointers: &[String]) -> Result<(), String> {
    if pointers.iter().any(|pointer| pointer == at) {
        return Ok(());
    }
    let on_the_way = pointers.iter().any(|pointer| pointer.starts_with(&format!("{at}/")));
    match (before, after) {
        (Value::Object(before), Value::Object(after)) if on_the_way => members(before, after, at, pointers),
        // A null on the way may be replaced by an object.
        (Value::Null, Value::Object(after)) if on_the_way => members(&Map::new(), after, at, pointers),
        _ if text(before) == text(after) => Ok(()),
        _ => Err(format!("{at}: {before} became {after}")),
    }
}

fn members(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    at: &str,
    pointers: &[String],
) -> Result<(), String> {
    let kept: Vec<&String> = after.keys().filter(|name| before.contains_key(*name)).collect();
    let were: Vec<&String> = before.keys().collect();
    if kept != were {
        return Err(format!("{at}: {were:?} became {kept:?}"));
    }
    for (name, value) in after {
        let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match before.get(name) {
            Some(was) => only(was, value, &here, pointers)?,
            None => only(&Value::Null, value, &here, pointers)?,
        }
    }
    Ok(())
}

/// Returns the JSON text, so that the order of members counts.
fn text(value: &Value) -> String {
    value.to_string()
}

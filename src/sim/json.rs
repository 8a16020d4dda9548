//! Small helpers for JSON values.
use serde_json::{Map, Value};

/// Replaces `{name}` in every string of a value.
pub(super) fn fill_in(value: &mut Value, names: &[(&str, &str)]) {
    let marks: Vec<(String, &str)> = names.iter().map(|(name, meaning)| (format!("{{{name}}}"), *meaning)).collect();
    each_string(value, &mut |_, text| {
        for (mark, meaning) in &marks {
            if text.contains(mark.as_str()) {
                *text = text.replace(mark.as_str(), meaning);
            }
        }
    });
}

/// Calls `change` for every string of a value, with the name of the nearest object field that holds it.
pub(super) fn each_string(value: &mut Value, change: &mut dyn FnMut(&str, &mut String)) {
    walk("", value, change);
}

fn walk(name: &str, value: &mut Value, change: &mut dyn FnMut(&str, &mut String)) {
    match value {
        Value::String(text) => change(name, text),
        Value::Array(items) => items.iter_mut().for_each(|item| walk(name, item, change)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| walk(key, field, change)),
        _ => {}
    }
}

/// Sets a field by its JSON pointer, creating missing objects on the way. `None` removes the field.
pub(super) fn set_at(value: &mut Value, pointer: &str, new: Option<Value>) {
    let mut names: Vec<&str> = pointer.split('/').skip(1).collect();
    let Some(last) = names.pop() else { return };
    let mut place = value;
    for name in names {
        let fields = object_of(place);
        place = fields.entry(name.to_owned()).or_insert(Value::Null);
    }
    let fields = object_of(place);
    match new {
        Some(new) => {
            fields.insert(last.to_owned(), new);
        }
        None => {
            fields.shift_remove(last);
        }
    }
}

fn object_of(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(fields) => fields,
        _ => unreachable!("just made an object"),
    }
}

/// Whether a field is empty: null, an empty string, or a coded value without a code.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => match fields.get("value") {
            Some(inner) => is_blank(inner),
            None => fields.is_empty(),
        },
        _ => false,
    }
}

/// Converts a TOML value to JSON.
pub(super) fn json_of(value: &toml::Value) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::{fill_in, is_blank, set_at};
    use serde_json::json;

    #[test]
    fn pointers_make_what_is_missing_and_marks_are_filled_in() {
        let mut value = json!({"a": {"b": 1}});
        set_at(&mut value, "/a/c/d", Some(json!("{who}/x")));
        set_at(&mut value, "/a/b", None);
        fill_in(&mut value, &[("who", "me")]);
        assert_eq!(value, json!({"a": {"c": {"d": "me/x"}}}));
    }

    #[test]
    fn blank_is_null_empty_or_without_a_code() {
        for blank in [json!(null), json!(""), json!({}), json!({"value": null, "desc": "x"})] {
            assert!(is_blank(&blank), "{blank}");
        }
        assert!(!is_blank(&json!(false)) && !is_blank(&json!({"value": "0"})));
    }
}

//! The shape of a JSON value, and whether a value has it.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a value may be. Null is always allowed: it is how JSON shows what XML leaves out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Text,
    Number,
    Decimal,
    Flag,
    Date,
    /// One of these.
    Words(Vec<String>),
    Object(BTreeMap<String, Shape>),
    List(Box<Shape>),
    Anything,
}

impl Shape {
    /// What is wrong with a value, each with its JSON pointer. `extra` names the fields, by pointer with `*` for any index,
    /// that are known from elsewhere than the schema.
    pub(crate) fn faults(&self, value: &Value, extra: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        self.check("", "", value, extra, &mut faults);
        faults
    }

    fn check(&self, at: &str, pattern: &str, value: &Value, extra: &[&str], faults: &mut Vec<String>) {
        match (self, value) {
            (_, Value::Null)
            | (Self::Anything, _)
            | (Self::Text, Value::String(_))
            | (Self::Flag, Value::Bool(_))
            | (Self::Decimal, Value::Number(_)) => {}
            (Self::Number, Value::Number(number)) if number.is_i64() => {}
            (Self::Date, Value::String(text)) if is_date(text) => {}
            (Self::Words(words), Value::String(text)) if words.contains(text) => {}
            // An empty string is how Alma shows some fields that hold nothing.
            (Self::Words(_) | Self::Date, Value::String(text)) if text.is_empty() => {}
            (Self::Object(fields), Value::Object(got)) => {
                for (name, inner) in got {
                    let (at, pattern) = (format!("{at}/{name}"), format!("{pattern}/{name}"));
                    match fields.get(name) {
                        Some(shape) => shape.check(&at, &pattern, inner, extra, faults),
                        None if extra.contains(&pattern.as_str()) => {}
                        None => faults.push(format!("{at}: unknown field")),
                    }
                }
            }
            (Self::List(shape), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    shape.check(&format!("{at}/{index}"), &format!("{pattern}/*"), item, extra, faults);
                }
            }
            (wanted, got) => faults.push(format!("{at}: {got} is not {wanted:?}")),
        }
    }
}

/// `2022-01-18Z`, the `Z` being optional.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.strip_suffix('Z').unwrap_or(text).split('-').collect();
    parts.iter().map(|p| p.len()).eq([4, 2, 2]) && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
}

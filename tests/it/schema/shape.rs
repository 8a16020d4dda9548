//! The shape of a JSON value, and the check of a value against it.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a value may be. Null is always allowed: it stands for an element that the XML leaves out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Text,
    Number,
    Decimal,
    Flag,
    Date,
    /// A text from a fixed list.
    Words(Vec<String>),
    Object(BTreeMap<String, Shape>),
    List(Box<Shape>),
    Anything,
}

impl Shape {
    /// Returns what is wrong with a value, each fault with its JSON pointer. `extra` lists fields that the schema lacks
    /// but other sources confirm, as pointers with `*` for any index.
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
            // Alma shows some empty fields as an empty string.
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

/// Accepts `2022-01-18Z`; the `Z` is optional.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.strip_suffix('Z').unwrap_or(text).split('-').collect();
    parts.iter().map(|p| p.len()).eq([4, 2, 2]) && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
}

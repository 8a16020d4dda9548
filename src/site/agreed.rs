//! Agreed differences: values that a campus, or the whole consortium, wants otherwise than the procedure, each with the reason.
use super::problem::Problem;
use crate::text::{cut, key_shapes};
use std::collections::BTreeMap;
use toml_edit::{Item, TableLike, Value};

/// A value that was agreed on instead of the procedure's. Whether a field has that key, and may have that value, is checked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedValue {
    /// In the procedure's words.
    pub value: String,
    /// Why it is not the procedure's.
    pub reason: String,
    pub origin: AgreementOrigin,
    /// Line number from 1 in its file.
    pub line: Option<usize>,
}

/// The file that an agreed difference is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementOrigin {
    CampusFile,
    /// The file of the whole consortium.
    Procedure,
}

/// The agreed differences by the key of the field.
pub type AgreedValues = BTreeMap<String, AgreedValue>;

/// The most characters of a value or of a reason.
const LONGEST: usize = 500;

/// Reads `[want]`. `line` gives the line of a key. Values that cannot be read become problems.
pub(super) fn agreed_values(
    table: &dyn TableLike,
    origin: AgreementOrigin,
    line: impl Fn(&toml_edit::Key) -> Option<usize>,
    problems: &mut Vec<Problem>,
) -> AgreedValues {
    let mut all = AgreedValues::new();
    for (key, item) in table.iter() {
        let line = table.key(key).and_then(&line);
        match agreed_value(item) {
            Ok((value, reason)) => drop(all.insert(key.to_owned(), AgreedValue { value, reason, origin, line })),
            Err(what) => problems.push(Problem {
                path: Some(want_path(key)),
                line,
                what,
                accepts: Some("{ value = \"…\", reason = \"…\" }, and the field's key in quotes before it"),
            }),
        }
    }
    all
}

/// The path of an agreed difference, as problems name it.
pub fn want_path(key: &str) -> String {
    format!("want.\"{}\"", cut(key, 60))
}

fn agreed_value(item: &Item) -> Result<(String, String), String> {
    let Some(table) = item.as_table_like() else { return Err("is not a table with value and reason".to_owned()) };
    if let Some((other, _)) = table.iter().find(|(name, _)| !["value", "reason"].contains(name)) {
        return Err(format!("has {:?}, which is neither value nor reason", cut(other, 60)));
    }
    let value = match table.get("value").and_then(Item::as_value) {
        Some(Value::String(text)) => text.value().clone(),
        Some(Value::Integer(number)) => number.value().to_string(),
        Some(_) => return Err("has a value that is not a text".to_owned()),
        None => return Err("has no value".to_owned()),
    };
    let reason = match table.get("reason").and_then(Item::as_value) {
        Some(Value::String(text)) => text.value().trim().to_owned(),
        _ => String::new(),
    };
    if reason.is_empty() {
        return Err("has no reason; write why it is not as the procedure says".to_owned());
    }
    if value.is_empty() {
        return Err("has an empty value; write [blank] for a field that must be empty".to_owned());
    }
    for text in [&value, &reason] {
        if text.chars().any(char::is_control) {
            return Err("contains a control character".to_owned());
        }
        if !key_shapes(text).is_empty() {
            return Err("looks like an API key; keys do not belong in this file".to_owned());
        }
        if text.chars().count() > LONGEST {
            return Err(format!("is longer than {LONGEST} characters"));
        }
    }
    Ok((value, reason))
}

//! The result of a call to Alma, and the pages of a list.
use crate::sim::alma::refusal::ErrorReply;
use crate::sim::http::{SimAnswer, SimRequest};
use serde_json::{Value, json};

/// The result of an admitted call: an answer or a refusal.
pub(super) type CallResult = Result<SimAnswer, ErrorReply>;

pub(super) fn no_such_path() -> ErrorReply {
    ErrorReply::gateway(404, "ROUTING_ERROR", "The requested resource was not found.")
}

/// One page of a list, with the count of all its items.
pub(super) fn page(ask: &SimRequest, root: &'static str, item: &str, all: Vec<Value>) -> CallResult {
    let number = |name: &str, otherwise: usize| match ask.parameter(name) {
        None => Ok(otherwise),
        Some(text) => text.parse().map_err(|_| ErrorReply::rule("40166411", format!("Invalid parameter: {name}."))),
    };
    let (limit, offset) = (number("limit", 10)?, number("offset", 0)?);
    if limit > 100 {
        return Err(ErrorReply::rule("40166411", "Invalid parameter: limit."));
    }
    let total = all.len();
    Ok(list(root, item, all.into_iter().skip(offset).take(limit).collect(), total))
}

/// The answer for a list. `total` also counts the items that are not on this page.
pub(super) fn list(root: &'static str, item: &str, items: Vec<Value>, total: usize) -> SimAnswer {
    let mut body = serde_json::Map::new();
    if total > 0 {
        body.insert(item.to_owned(), Value::Array(items));
    }
    body.insert("total_record_count".to_owned(), json!(total));
    SimAnswer::tree(200, root, Value::Object(body))
}

/// The JSON object in a call's body.
pub(super) fn body_of(ask: &SimRequest, class: &str) -> Result<Value, ErrorReply> {
    if !ask.header("content-type").is_some_and(|t| t.contains("json")) {
        return Err(ErrorReply::gateway(415, "INVALID_REQUEST", "The practice Alma takes bodies in JSON only."));
    }
    let value: Value = serde_json::from_slice(&ask.body).map_err(|e| {
        ErrorReply::cannot_construct(class, &format!("unexpected input at line {} column {}", e.line(), e.column()))
    })?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(ErrorReply::cannot_construct(class, "no such creator for this kind of value"))
    }
}

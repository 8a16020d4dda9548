//! ILLiad's refusals (facts/illiad.md §1.6).
use crate::sim::http::SimAnswer;
use serde_json::{Map, Value, json};

/// The answer to a wrong or missing key: no body, and the headers of the web server in front.
pub(super) fn unauthorized() -> SimAnswer {
    SimAnswer::empty(401)
        .with("WWW-Authenticate", "Negotiate")
        .with("WWW-Authenticate", "NTLM")
        .with("Server", "Microsoft-IIS/10.0")
}

/// The answer when something does not exist, or there is no such call.
pub(super) fn message(status: u16, text: impl Into<String>) -> SimAnswer {
    SimAnswer::tree(status, "Error", json!({"Message": text.into()}))
}

/// The answer to an invalid model: each field and what is wrong with it.
pub(super) fn invalid(problems: &[(&str, String)]) -> SimAnswer {
    let mut state = Map::new();
    for (field, problem) in problems {
        let entry = state.entry((*field).to_owned()).or_insert_with(|| json!([]));
        if let Value::Array(list) = entry {
            list.push(json!(problem));
        }
    }
    let body = json!({"Message": "The request is invalid.", "ModelState": state});
    SimAnswer::tree(400, "Error", body)
}

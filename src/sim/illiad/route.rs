//! Routes a request to the call it is for. Letter case in paths does not matter (IIS).
use super::books::Illiad;
use super::refusal::{invalid, message, unauthorized};
use super::transactions::{self, IlliadResult};
use super::users;
use crate::sim::http::{SimAnswer, SimRequest};
use serde_json::{Value, json};

/// Carries out one call of the Web Platform.
pub(in crate::sim) fn answer(illiad: &mut Illiad, ask: &SimRequest) -> SimAnswer {
    let small: Vec<String> = ask.segments.iter().map(|s| s.to_ascii_lowercase()).collect();
    let small: Vec<&str> = small.iter().map(String::as_str).collect();
    let ["illiadwebplatform", rest @ ..] = small.as_slice() else {
        return SimAnswer::html(404, "404 - File or directory not found.");
    };
    // User names keep the letter case they were sent in.
    let last = ask.segments.last().map_or("", String::as_str);
    match (ask.method.as_str(), rest) {
        ("GET", ["systeminfo", "apiversion"]) => return text(ask, "1"),
        ("GET", ["systeminfo", "platformversion"]) => return version(illiad, ask),
        _ => {}
    }
    if !ask.header("apikey").is_some_and(|key| illiad.settings.keys.iter().any(|k| k == key)) {
        return unauthorized();
    }
    match (ask.method.as_str(), rest) {
        ("GET", ["systeminfo", "secureplatformversion"]) => version(illiad, ask),
        ("GET", ["displaystatus"]) => SimAnswer::tree(
            200,
            "ArrayOfDisplayStatus",
            json!([
                {"Id": 1, "TransactionStatus": "Awaiting Copyright Clearance", "DisplayStatus": "In Process"}
            ]),
        ),
        ("GET", ["users", "externaluserid", _]) => users::by_external_id(illiad, last),
        ("GET", ["users", _]) => users::by_name(illiad, last),
        ("POST", ["users"]) => with_body(ask, |body| Ok(users::create(illiad, body))),
        ("POST", ["transaction"]) => with_body(ask, |body| transactions::create(illiad, body, ask.at)),
        ("GET", ["transaction", "userrequests", _]) => transactions::of_user(illiad, ask, last),
        ("GET", ["transaction", number]) => transactions::read(illiad, number).unwrap_or_else(|refused| refused),
        ("PUT", ["transaction", number, "route"]) => with_body(ask, |body| transactions::route(illiad, number, body)),
        ("POST", ["transaction", number, "notes" | "note"]) => {
            with_body(ask, |body| transactions::add_note(illiad, number, body))
        }
        ("POST", ["transaction", number, "histories"]) => {
            with_body(ask, |body| transactions::add_history(illiad, number, body))
        }
        _ => no_resource(ask),
    }
}

fn no_resource(ask: &SimRequest) -> SimAnswer {
    message(404, format!("No HTTP resource was found that matches the request URI '/{}'.", ask.segments.join("/")))
}

/// A text, quoted if the caller accepts JSON.
fn text(ask: &SimRequest, text: &str) -> SimAnswer {
    if ask.header("accept").is_some_and(|a| a.contains("json")) {
        return SimAnswer::tree(200, "string", json!(text));
    }
    SimAnswer::text(200, "text/plain; charset=utf-8", text)
}

fn version(illiad: &Illiad, ask: &SimRequest) -> SimAnswer {
    text(ask, &format!("ILLiad Platform Version: {}", illiad.settings.version))
}

/// Reads a body, JSON or form-encoded (facts/illiad.md §1.2), and passes it on.
fn with_body(ask: &SimRequest, go_on: impl FnOnce(&Value) -> IlliadResult) -> SimAnswer {
    let kind = ask.header("content-type").unwrap_or_default();
    let body = if kind.contains("x-www-form-urlencoded") {
        let fields = url::form_urlencoded::parse(&ask.body).map(|(name, value)| (name.into_owned(), json!(value)));
        Some(Value::Object(fields.collect()))
    } else {
        serde_json::from_slice(&ask.body).ok().filter(Value::is_object)
    };
    match body {
        Some(body) => go_on(&body).unwrap_or_else(|refused| refused),
        None => invalid(&[("model", "An error has occurred.".to_owned())]),
    }
}

//! The gateway in front of Alma: checks thresholds, keys and rights, then routes the call.
use super::refusal::{ErrorOrigin, ErrorReply};
use super::reply::{CallResult, no_such_path};
use super::zone::AlmaZone;
use super::{borrowing, conf, partners, users};
use crate::sim::http::{Format, SimAnswer, SimRequest};
use crate::sim::settings::{Answers, Right, RuleErrors};
use serde_json::json;

/// Carries out one call of Alma's API.
pub(in crate::sim) fn answer(zone: &mut AlmaZone, ask: &SimRequest) -> SimAnswer {
    let number = zone.next_number();
    let outcome = admitted(zone, ask).and_then(|()| routed(zone, ask));
    let mut answer = match outcome {
        Ok(answer) => SimAnswer { format: format_for(zone, ask), ..answer },
        Err(refusal) => refused(zone, ask, refusal, number),
    };
    answer.headers.push(("X-Exl-Api-Remaining", zone.calls_left.to_string()));
    answer
}

fn refused(zone: &AlmaZone, ask: &SimRequest, refusal: ErrorReply, number: u64) -> SimAnswer {
    let origin = refusal.origin;
    let mut answer = refusal.answer(number);
    if origin != ErrorOrigin::GatewayXmlOnly {
        answer.format = format_for(zone, ask);
    }
    if origin == ErrorOrigin::Rule && zone.settings.rule_errors == RuleErrors::InOk {
        answer.status = 200;
    }
    answer
}

/// The default is XML. JSON must be asked for, with the header or with `format`.
fn format_for(zone: &AlmaZone, ask: &SimRequest) -> Format {
    let accept = ask.header("accept").unwrap_or_default();
    let asked = ask.parameter("format").map_or_else(|| accept.contains("json"), |f| f == "json");
    if asked && zone.settings.answers == Answers::AsAsked { Format::Json } else { Format::Xml }
}

fn admitted(zone: &mut AlmaZone, ask: &SimRequest) -> Result<(), ErrorReply> {
    if zone.calls_left == 0 {
        return Err(ErrorReply::gateway(429, "DAILY_THRESHOLD", "HTTP requests are more than allowed per day."));
    }
    if !zone.within_the_second(ask.at) {
        return Err(ErrorReply::gateway(
            429,
            "PER_SECOND_THRESHOLD",
            "HTTP requests are more than allowed per second.",
        ));
    }
    zone.calls_left -= 1;
    match ask.alma_key() {
        None => Err(ErrorReply::unauthorized()),
        Some(key) if key != zone.settings.key => Err(ErrorReply::gateway(403, "INVALID_REQUEST", "Invalid API Key")),
        Some(_) => allowed(zone, ask),
    }
}

fn allowed(zone: &AlmaZone, ask: &SimRequest) -> Result<(), ErrorReply> {
    let rights = zone.settings.rights;
    let right = match ask.segments.get(2).map(String::as_str) {
        Some("partners") => rights.partners,
        Some("conf") => rights.configuration,
        Some("users") => rights.users,
        _ => Right::Write,
    };
    let wanted = if ask.method == "GET" { Right::Read } else { Right::Write };
    match (right, wanted) {
        (Right::Write, _) | (Right::Read, Right::Read) => Ok(()),
        _ => Err(ErrorReply::unauthorized()),
    }
}

fn routed(zone: &mut AlmaZone, ask: &SimRequest) -> CallResult {
    let segments: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    let ["almaws", "v1", area, rest @ ..] = segments.as_slice() else {
        return Err(no_such_path());
    };
    match (*area, ask.method.as_str(), rest) {
        ("partners" | "users", "GET" | "POST", ["operation", "test"]) | ("conf", "GET" | "POST", ["test"]) => {
            Ok(tested(zone))
        }
        ("conf", "GET", rest) => conf::read(zone, ask, rest),
        ("partners", method, rest) => partners::call(zone, ask, method, rest),
        ("users", "GET", [id]) => users::read(zone, ask, id),
        ("users", method, [id, rest @ ..]) => borrowing::call(zone, ask, method, id, rest),
        _ => Err(no_such_path()),
    }
}

/// The answer to a permission test: a short body that names the institution, in XML or JSON.
fn tested(zone: &AlmaZone) -> SimAnswer {
    SimAnswer::tree(200, "test", json!({"institution": zone.settings.institution}))
}

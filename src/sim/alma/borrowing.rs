//! A patron's borrowing requests: create, read, list, delete (facts/alma.md §6 and §7).
use super::refusal::ErrorReply;
use super::reply::{CallResult, body_of, no_such_path, page};
use super::users;
use super::zone::{AlmaZone, Borrowing, Leg};
use crate::sim::http::{SimAnswer, SimRequest};
use crate::sim::json::is_blank;
use crate::sim::settings::Titles;
use serde_json::{Value, json};

pub(super) fn call(zone: &mut AlmaZone, ask: &SimRequest, method: &str, id: &str, rest: &[&str]) -> CallResult {
    let user = users::found(zone, ask, id)?.clone();
    match (method, rest) {
        ("POST", ["resource-sharing-requests"]) => create(zone, ask, &user),
        ("GET", ["resource-sharing-requests", request]) => {
            let at = found(zone, ask, &user, request, "40166450", "No result found for given parameters.")?;
            Ok(answer(&zone.borrowings[at]))
        }
        ("DELETE", ["resource-sharing-requests", request]) => delete(zone, ask, &user, request),
        ("GET", ["requests"]) => list(zone, ask, &user),
        ("GET", ["requests", request]) => {
            let at = found(
                zone,
                ask,
                &user,
                request,
                "401652",
                "General Error - An error has occurred while processing the request.",
            )?;
            Ok(SimAnswer::tree(200, "user_request", as_user_request(&zone.borrowings[at])))
        }
        _ => Err(no_such_path()),
    }
}

fn answer(borrowing: &Borrowing) -> SimAnswer {
    SimAnswer::tree(200, "user_resource_sharing_request", borrowing.record.clone())
}

fn patron_of(user: &Value) -> &str {
    user["primary_id"].as_str().unwrap_or_default()
}

fn found(
    zone: &AlmaZone,
    ask: &SimRequest,
    user: &Value,
    request: &str,
    code: &'static str,
    message: &str,
) -> Result<usize, ErrorReply> {
    let field = if ask.parameter("request_id_type") == Some("external") { "external_id" } else { "request_id" };
    let same = |b: &Borrowing| b.patron == patron_of(user) && b.record[field] == request;
    zone.borrowings.iter().position(same).ok_or_else(|| ErrorReply::rule(code, message))
}

fn create(zone: &mut AlmaZone, ask: &SimRequest, user: &Value) -> CallResult {
    let sent = body_of(ask, "userRequests.UserResourceSharingRequest")?;
    acceptable(zone, ask, user, &sent)?;
    let number = zone.next_number();
    let user_name = json!({"value": patron_of(user), "desc": user["full_name"]});
    let today = jiff::Timestamp::now().to_string();
    let mut record = json!({
        "request_id": format!("2{number:07}0005337"), "external_id": format!("{}{number:07}", zone.settings.institution),
        "created_date": format!("{}Z", &today[..10]), "created_time": today, "status": {"value": "LOCATE_IN_PROCESS", "desc": "Locate in process"},
        "partner": {"value": "PEER-01", "desc": "Peer library 1"}, "requester": user_name
    });
    if let (Value::Object(record), Value::Object(sent)) = (&mut record, sent) {
        for (name, value) in sent {
            record.entry(name).or_insert(value);
        }
    }
    let patron = patron_of(user).to_owned();
    zone.borrowings.push(Borrowing { record: record.clone(), patron, made: ask.at, leg: Leg::Locating });
    Ok(SimAnswer::tree(200, "user_resource_sharing_request", record))
}

fn acceptable(zone: &AlmaZone, ask: &SimRequest, user: &Value, sent: &Value) -> Result<(), ErrorReply> {
    for field in ["citation_type", "format", "pickup_location"] {
        if !matches!(sent.get(field), None | Some(Value::Null | Value::Object(_))) {
            return Err(ErrorReply::cannot_construct(
                "userRequests.UserResourceSharingRequest",
                &format!("`{field}` is not an object"),
            ));
        }
    }
    for field in ["citation_type", "format", "title"] {
        if is_blank(&sent[field]) {
            return Err(ErrorReply::missing(field));
        }
    }
    if sent["agree_to_copyright_terms"] != true {
        return Err(ErrorReply::rule("401897", "The copyright terms have to be agreed to."));
    }
    let libraries = user["rs_library"].as_array().map(Vec::as_slice).unwrap_or_default();
    if libraries.is_empty() {
        return Err(ErrorReply::rule("401768", "Patron is not affiliated with a resource sharing library"));
    }
    let owner = sent["owner"].as_str().filter(|o| !o.is_empty());
    let owner = owner.ok_or_else(|| ErrorReply::rule("401607", "Resource sharing library (owner) is missing"))?;
    if !libraries.iter().any(|l| l["code"]["value"] == owner) {
        return Err(ErrorReply::rule(
            "401608",
            "The given resource sharing library (owner) is not defined in the patron record",
        ));
    }
    if sent["format"]["value"] == "PHYSICAL" && is_blank(&sent["pickup_location"]) {
        return Err(ErrorReply::missing("pickup_location"));
    }
    let overridden = ask.parameter("override_blocks") == Some("true");
    if zone.settings.titles == Titles::Owned && !overridden {
        return Err(ErrorReply::rule("401604", "Failed to save the request: The institution owns the requested title"));
    }
    let again = |b: &Borrowing| {
        b.patron == patron_of(user) && b.record["title"] == sent["title"] && b.record["status"]["value"] != "DELETED"
    };
    if zone.borrowings.iter().any(again) && !overridden {
        return Err(ErrorReply::rule("402362", "Failed to save the request: Patron has duplicate request"));
    }
    Ok(())
}

fn delete(zone: &mut AlmaZone, ask: &SimRequest, user: &Value, request: &str) -> CallResult {
    let at = found(zone, ask, user, request, "401694", "Request Identifier not found.")?;
    if ask.parameter("remove_request") == Some("true") {
        zone.borrowings.remove(at);
    } else {
        let borrowing = &mut zone.borrowings[at];
        borrowing.leg = Leg::Settled;
        borrowing.record["status"] = json!({"value": "DELETED", "desc": "Deleted"});
    }
    Ok(SimAnswer::empty(204))
}

fn list(zone: &AlmaZone, ask: &SimRequest, user: &Value) -> CallResult {
    let kind = ask.parameter("request_type").filter(|k| !k.is_empty());
    let active = ask.parameter("status").unwrap_or("active") == "active";
    let wanted = |b: &&Borrowing| b.patron == patron_of(user) && (b.record["status"]["value"] != "DELETED") == active;
    let requests: Vec<Value> = match kind {
        None | Some("RESOURCE_SHARING") => zone.borrowings.iter().filter(wanted).map(as_user_request).collect(),
        Some(_) => Vec::new(),
    };
    page(ask, "user_requests", "user_request", requests)
}

/// A borrowing request as the list of a user's requests shows it: with the resource sharing part inside.
fn as_user_request(borrowing: &Borrowing) -> Value {
    let record = &borrowing.record;
    json!({
        "title": record["title"], "author": record["author"], "request_id": record["request_id"], "request_type": "RESOURCE_SHARING",
        "request_sub_type": {"value": "PATRON_PHYSICAL", "desc": "Patron physical item request"}, "request_status": "IN_PROCESS",
        "user_primary_id": borrowing.patron, "pickup_location": record["pickup_location"]["value"],
        "resource_sharing": {"external_id": record["external_id"], "status": record["status"], "partner": record["partner"]}
    })
}

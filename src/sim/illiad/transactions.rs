//! Transactions: create, read, list, route, note (facts/illiad.md §1.3 and §1.4).
use super::books::{Illiad, laid_over, local_time};
use super::refusal::{invalid, message};
use crate::sim::http::{SimAnswer, SimRequest};
use crate::sim::settings::NewRequests;
use serde_json::{Value, json};
use std::time::Instant;

/// The answer to a call, or the refusal.
pub(super) type IlliadResult = Result<SimAnswer, SimAnswer>;

/// The longest text of each field, in characters (facts/illiad.md §1.4). `CitedIn` has no limit.
const LENGTHS: [(&str, usize); 8] = [
    ("LoanTitle", 255),
    ("LoanAuthor", 100),
    ("LoanPublisher", 50),
    ("LoanPlace", 30),
    ("LoanDate", 30),
    ("ISSN", 20),
    ("ESPNumber", 32),
    ("TransactionStatus", 40),
];

/// Fields that a caller cannot set.
const OWN: [&str; 3] = ["TransactionNumber", "CreationDate", "TransactionDate"];

pub(super) fn create(illiad: &mut Illiad, body: &Value, now: Instant) -> IlliadResult {
    let user = user_of(illiad, body)?;
    let problems = problems(body);
    if !problems.is_empty() {
        return Err(invalid(&problems));
    }
    let mut transaction = laid_over("illiad-transaction", &json!({}));
    for (field, value) in body.as_object().into_iter().flatten() {
        if transaction.get(field).is_some() && !OWN.contains(&field.as_str()) {
            transaction[field.as_str()] = value.clone();
        }
    }
    if transaction["TransactionStatus"].as_str().is_none_or(str::is_empty) {
        let first = if transaction["RequestType"] == "Article" {
            "Awaiting Copyright Clearance"
        } else {
            "Awaiting Request Processing"
        };
        transaction["TransactionStatus"] = json!(first);
    }
    let number = illiad.next_transaction();
    transaction["TransactionNumber"] = json!(number);
    transaction["Username"] = json!(user);
    transaction["CreationDate"] = json!(local_time(0));
    transaction["TransactionDate"] = json!(local_time(0));
    illiad.transactions.push(transaction);
    illiad.submit(number, now);
    let answer = as_answered(illiad, number);
    if illiad.settings.new_requests == NewRequests::Deleted {
        illiad.transactions.pop();
    }
    Ok(answer)
}

fn user_of(illiad: &Illiad, body: &Value) -> Result<String, SimAnswer> {
    let named = |field: &str| body[field].as_str().filter(|v| !v.is_empty());
    let (field, asked, found) = match (named("Username"), named("ExternalUserId")) {
        (Some(name), _) => ("model.Username", name, illiad.user(name)),
        (None, Some(id)) => ("model.ExternalUserId", id, illiad.mapped_user(id)),
        (None, None) => {
            return Err(invalid(&[("model", "Either Username or ExternalUserId is required.".to_owned())]));
        }
    };
    let name = found.and_then(|u| u["UserName"].as_str());
    name.map(str::to_owned).ok_or_else(|| invalid(&[(field, format!("User {asked} was not found."))]))
}

fn problems(body: &Value) -> Vec<(&'static str, String)> {
    let mut problems = Vec::new();
    match body["ProcessType"].as_str() {
        Some("Borrowing" | "Lending" | "DocDel" | "Doc Del") => {}
        Some(other) => problems.push(("model.ProcessType", format!("{other} is not a process type."))),
        None => problems.push(("model.ProcessType", "The ProcessType field is required.".to_owned())),
    }
    for (field, most) in LENGTHS {
        if body[field].as_str().is_some_and(|text| text.chars().count() > most) {
            problems.push((field, format!("The field {field} must be a string with a maximum length of {most}.")));
        }
    }
    problems
}

fn as_answered(illiad: &Illiad, number: u64) -> SimAnswer {
    match illiad.transaction(number) {
        Some(transaction) => SimAnswer::tree(200, "Transaction", transaction.clone()),
        None => message(404, format!("Transaction {number} was not found.")),
    }
}

/// The transaction number in a path. There must be such a transaction.
fn number_of(illiad: &Illiad, text: &str) -> Result<u64, SimAnswer> {
    let number = text.parse().ok().filter(|number| illiad.transaction(*number).is_some());
    number.ok_or_else(|| message(404, format!("Transaction {text} was not found.")))
}

pub(super) fn read(illiad: &Illiad, number: &str) -> IlliadResult {
    Ok(as_answered(illiad, number_of(illiad, number)?))
}

pub(super) fn route(illiad: &mut Illiad, number: &str, body: &Value) -> IlliadResult {
    let number = number_of(illiad, number)?;
    let Some(status) = body["Status"].as_str().filter(|s| !s.trim().is_empty()) else {
        return Err(invalid(&[("model.Status", "The Status field is required.".to_owned())]));
    };
    if let Some(transaction) = illiad.transaction_mut(number) {
        transaction["TransactionStatus"] = json!(status);
        transaction["TransactionDate"] = json!(local_time(0));
    }
    Ok(as_answered(illiad, number))
}

pub(super) fn add_note(illiad: &mut Illiad, number: &str, body: &Value) -> IlliadResult {
    let number = number_of(illiad, number)?;
    let Some(text) = body["Note"].as_str().filter(|n| !n.is_empty()) else {
        return Err(message(400, format!("An error occurred adding note to transaction {number}")));
    };
    let note = json!({"Id": illiad.next_note(), "TransactionNumber": number, "NoteDate": local_time(0), "Note": text, "AddedBy": "System",
        "NoteType": body["NoteType"].as_str().unwrap_or("Staff")});
    illiad.notes.push(note.clone());
    Ok(SimAnswer::tree(200, "Note", note))
}

pub(super) fn add_history(illiad: &mut Illiad, number: &str, body: &Value) -> IlliadResult {
    let number = number_of(illiad, number)?;
    let history =
        json!({"TransactionNumber": number, "DateTime": local_time(0), "Entry": body["Entry"], "Username": "System"});
    illiad.histories.push(history.clone());
    Ok(SimAnswer::tree(200, "History", history))
}

/// The transactions of the user with exactly this name. Applies OData's `$orderby`, `$skip` and `$top`, in that
/// order.
pub(super) fn of_user(illiad: &Illiad, ask: &SimRequest, name: &str) -> SimAnswer {
    let Some(user) = illiad.user(name) else {
        return message(404, format!("User {name} was not found."));
    };
    let mut found: Vec<Value> =
        illiad.transactions.iter().filter(|t| t["Username"] == user["UserName"]).cloned().collect();
    // Our clients do not filter. Ignoring the parameter would give a wrong answer.
    if ask.parameter("$filter").is_some() {
        return message(400, "The simulator knows no $filter.");
    }
    if let Some(order) = ask.parameter("$orderby") {
        let (field, direction) = order.trim().split_once(' ').unwrap_or((order.trim(), "asc"));
        found.sort_by_key(|t| match &t[field] {
            Value::Number(number) => format!("{:020}", number.as_u64().unwrap_or_default()),
            other => other.as_str().unwrap_or_default().to_owned(),
        });
        if direction.trim() == "desc" {
            found.reverse();
        }
    }
    let number = |name: &str, otherwise: usize| ask.parameter(name).map_or(Some(otherwise), |n| n.parse().ok());
    match (number("$skip", 0), number("$top", usize::MAX)) {
        (Some(skip), Some(top)) => {
            SimAnswer::tree(200, "ArrayOfTransaction", Value::Array(found.into_iter().skip(skip).take(top).collect()))
        }
        _ => message(400, "The query specified in the URI is not valid."),
    }
}

//! Resource sharing partners: list, read, create, replace, delete (facts/alma.md §2).
use super::record::{checked, overridden};
use super::refusal::ErrorReply;
use super::reply::{CallResult, body_of, no_such_path, page};
use super::shown::as_answered;
use super::zone::{AlmaZone, code_of};
use crate::sim::http::{SimAnswer, SimRequest};
use serde_json::Value;

pub(super) fn call(zone: &mut AlmaZone, ask: &SimRequest, method: &str, rest: &[&str]) -> CallResult {
    match (method, rest) {
        ("GET", []) => list(zone, ask),
        ("POST", []) => create(zone, ask),
        ("GET", [code]) => match zone.shown_late(code) {
            Some(Some(before)) => Ok(SimAnswer::tree(200, "partner", as_answered(zone, &before))),
            Some(None) => Err(not_found()),
            None => found(zone, code).map(|at| answer(zone, at)),
        },
        ("PUT", [code]) => replace(zone, ask, code),
        ("DELETE", [code]) => delete(zone, code),
        _ => Err(no_such_path()),
    }
}

fn answer(zone: &AlmaZone, at: usize) -> SimAnswer {
    SimAnswer::tree(200, "partner", as_answered(zone, &zone.partners[at]))
}

fn found(zone: &AlmaZone, code: &str) -> Result<usize, ErrorReply> {
    zone.position(code).ok_or_else(not_found)
}

fn not_found() -> ErrorReply {
    ErrorReply::rule("402118", "Partner not found.")
}

fn list(zone: &AlmaZone, ask: &SimRequest) -> CallResult {
    let status = ask.parameter("status").unwrap_or_default();
    if !matches!(status, "" | "ACTIVE" | "INACTIVE") {
        return Err(ErrorReply::rule("402119", "General error."));
    }
    let wanted = |p: &&Value| status.is_empty() || p["partner_details"]["status"] == status;
    page(ask, "partners", "partner", zone.partners.iter().filter(wanted).map(|p| as_answered(zone, p)).collect())
}

fn create(zone: &mut AlmaZone, ask: &SimRequest) -> CallResult {
    let record = body_of(ask, "partner.Partner")?;
    checked(zone, &record)?;
    if zone.position(code_of(&record)).is_some() {
        return Err(ErrorReply::rule("402113", "Partner already exists."));
    }
    let record = written(zone, record);
    zone.about_to_write(code_of(&record));
    zone.partners.push(record);
    Ok(answer(zone, zone.partners.len() - 1))
}

fn replace(zone: &mut AlmaZone, ask: &SimRequest, code: &str) -> CallResult {
    let at = found(zone, code)?;
    let record = body_of(ask, "partner.Partner")?;
    checked(zone, &record)?;
    if code_of(&record) != code_of(&zone.partners[at]) {
        return Err(ErrorReply::rule("402119", "General error. The partner's code cannot be changed."));
    }
    let record = written(zone, record);
    zone.about_to_write(code);
    zone.partners[at] = record;
    Ok(answer(zone, at))
}

/// Applies the world's `stores_instead` values, which are only for the ILLiad partner.
fn written(zone: &AlmaZone, record: Value) -> Value {
    if code_of(&record).eq_ignore_ascii_case("ILLiad") {
        overridden(zone, record)
    } else {
        super::record::filled(zone, record)
    }
}

fn delete(zone: &mut AlmaZone, code: &str) -> CallResult {
    let at = zone.position(code).ok_or_else(|| ErrorReply::rule("401651", "Identifier not found."))?;
    zone.about_to_write(code);
    zone.partners.remove(at);
    Ok(SimAnswer::empty(204))
}

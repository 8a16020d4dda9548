//! Patrons: reads one record by an identifier (facts/alma.md §7).
use super::refusal::ErrorReply;
use super::reply::CallResult;
use super::zone::AlmaZone;
use crate::sim::crowd::{Habit, Patron};
use crate::sim::http::{SimAnswer, SimRequest};
use serde_json::{Value, json};

/// The fields that `view=brief` leaves out.
const NOT_BRIEF: [&str; 8] = [
    "user_role",
    "user_block",
    "user_note",
    "user_statistic",
    "proxy_for_user",
    "web_site_url",
    "cataloger_level",
    "job_description",
];

pub(super) fn read(zone: &AlmaZone, ask: &SimRequest, id: &str) -> CallResult {
    let mut user = found(zone, ask, id)?.clone();
    user["link"] = json!(format!("{}/almaws/v1/users/{id}", zone.url));
    if let (Value::Object(fields), Some("brief")) = (&mut user, ask.parameter("view")) {
        fields.retain(|name, _| !NOT_BRIEF.contains(&name.as_str()));
    }
    let expand = ask.parameter("expand").unwrap_or_default();
    for figure in ["requests", "loans", "fees"].into_iter().filter(|f| expand.contains(f)) {
        user[figure] = json!({"value": 0, "link": format!("{}/almaws/v1/users/{id}/{figure}", zone.url)});
    }
    Ok(SimAnswer::tree(200, "user", user))
}

impl AlmaZone {
    /// Adds a patron of a crowd, copied from the zone's first user.
    pub(in crate::sim) fn admit(&mut self, patron: &Patron) {
        let (Some(model), false) = (self.users.first(), patron.habit == Some(Habit::NotInAlma)) else { return };
        let mut user = model.clone();
        let barcode = format!("2123499{:07}", patron.number);
        user["last_name"] = json!(patron.name());
        user["full_name"] = json!(format!("Practice {}", patron.name()));
        user["user_identifier"][0]["value"] = json!(barcode);
        user["primary_id"] = json!(patron.emplid);
        if patron.habit == Some(Habit::OtherPrimaryId) {
            user["primary_id"] = json!(patron.other_id());
            user["user_identifier"][0]["value"] = json!(patron.emplid);
        }
        self.users.push(user);
    }
}

/// Finds the user with an identifier. With the default type `all_unique`, a barcode matches too.
pub(super) fn found<'z>(zone: &'z AlmaZone, ask: &SimRequest, id: &str) -> Result<&'z Value, ErrorReply> {
    let kind = ask.parameter("user_id_type").filter(|k| !k.is_empty()).unwrap_or("all_unique");
    let by_primary = |u: &&Value| u["primary_id"].as_str().is_some_and(|p| p.eq_ignore_ascii_case(id));
    let by_other = |u: &&Value| {
        let identifiers = u["user_identifier"].as_array().map(Vec::as_slice).unwrap_or_default();
        identifiers.iter().any(|i| i["value"] == id && (kind == "all_unique" || i["id_type"]["value"] == kind))
    };
    let primary = matches!(kind, "all_unique" | "primary_id").then(|| zone.users.iter().find(by_primary)).flatten();
    let other = || {
        if kind == "primary_id" { None } else { zone.users.iter().find(by_other) }
    };
    primary.or_else(other).ok_or_else(|| match kind {
        "all_unique" => ErrorReply::rule("401861", format!("User with identifier {id} was not found.")),
        _ => ErrorReply::rule("401890", format!("User with identifier {id} of type {kind} was not found.")),
    })
}

//! Configuration: general, libraries, locations, desks, code tables (facts/alma.md §7).
use super::refusal::ErrorReply;
use super::reply::{CallResult, list, no_such_path, page};
use super::zone::AlmaZone;
use crate::sim::http::{SimAnswer, SimRequest};
use crate::sim::settings::TableRows;
use serde_json::{Value, json};

pub(super) fn read(zone: &AlmaZone, ask: &SimRequest, rest: &[&str]) -> CallResult {
    match rest {
        ["general"] => Ok(general(zone)),
        ["libraries"] => {
            let libraries: Vec<Value> = zone.libraries.iter().map(|l| linked(zone, l)).collect();
            let total = libraries.len();
            Ok(list("libraries", "library", libraries, total))
        }
        ["libraries", library] => Ok(SimAnswer::tree(200, "library", linked(zone, library_of(zone, library)?))),
        ["libraries", library, "locations"] => {
            library_of(zone, library)?;
            let locations: Vec<Value> = zone.locations(library).map(|l| location(zone, library, l)).collect();
            let total = locations.len();
            Ok(list("locations", "location", locations, total))
        }
        ["libraries", library, "locations", code] => {
            library_of(zone, library)?;
            let found = zone.locations(library).find(|l| l["code"] == *code).ok_or_else(general_error)?;
            Ok(SimAnswer::tree(200, "location", location(zone, library, found)))
        }
        ["libraries", library, "circ-desks"] => {
            let desks = library_of(zone, library)?["circ_desks"].as_array().cloned().unwrap_or_default();
            page(ask, "circ_desks", "circ_desk", desks.into_iter().map(|d| desk(zone, library, d)).collect())
        }
        ["libraries", library, "circ-desks", code] => {
            let desks = library_of(zone, library)?["circ_desks"].as_array().cloned().unwrap_or_default();
            let found = desks.into_iter().find(|d| d["code"] == *code);
            let found = found.ok_or_else(|| ErrorReply::rule("401664", "Parameter value missing or invalid."))?;
            Ok(SimAnswer::tree(200, "circ_desk", desk(zone, library, found)))
        }
        ["code-tables", name] => code_table(zone, ask, name),
        _ => Err(no_such_path()),
    }
}

fn general_error() -> ErrorReply {
    ErrorReply::rule("402119", "General error.")
}

fn library_of<'z>(zone: &'z AlmaZone, code: &str) -> Result<&'z Value, ErrorReply> {
    zone.library(code).ok_or_else(general_error)
}

fn general(zone: &AlmaZone) -> SimAnswer {
    let settings = &zone.settings;
    let bucket = format!("na-{}.ext.example.org", settings.environment);
    let body = json!({
        "institution": {"value": settings.institution, "desc": settings.institution_name},
        "alma_url": format!("{}/", zone.url),
        "environment_type": settings.environment,
        "digital": {"bucket": bucket, "region": "us-east-1", "ingest_url": format!("https://s3.example.org/{bucket}"),
            "delivery_url": format!("https://{bucket}")}
    });
    SimAnswer::tree(200, "general", body)
}

fn linked(zone: &AlmaZone, library: &Value) -> Value {
    let mut shown = library["library"].clone();
    let code = shown["code"].as_str().unwrap_or_default();
    shown["link"] = json!(format!("{}/almaws/v1/conf/libraries/{code}", zone.url));
    shown
}

/// A location as the API shows it, without its internal id (facts/alma.md §5).
fn location(zone: &AlmaZone, library: &str, location: &Value) -> Value {
    let mut shown = location.clone();
    if let Value::Object(fields) = &mut shown {
        fields.shift_remove("internal_id");
    }
    let code = shown["code"].as_str().unwrap_or_default();
    shown["link"] = json!(format!("{}/almaws/v1/conf/libraries/{library}/locations/{code}", zone.url));
    shown
}

fn desk(zone: &AlmaZone, library: &str, mut desk: Value) -> Value {
    let code = desk["code"].as_str().unwrap_or_default();
    desk["link"] = json!(format!("{}/almaws/v1/conf/libraries/{library}/circ-desks/{code}", zone.url));
    desk
}

fn code_table(zone: &AlmaZone, ask: &SimRequest, name: &str) -> CallResult {
    let institution = &zone.settings.institution;
    let library = match ask.parameter("scope") {
        None | Some("") => Value::Null,
        Some(scope) if scope == institution => Value::Null,
        Some(scope) => {
            let found = zone.library(scope).ok_or_else(|| ErrorReply::rule("40166411", "Failed to find scope."))?;
            json!({"value": scope, "desc": found["library"]["name"]})
        }
    };
    let table = zone.code_tables.get(name).ok_or_else(|| ErrorReply::rule("40166411", "Param value is invalid."))?;
    let mut scope = json!({"institution_id": {"value": institution, "desc": zone.settings.institution_name}});
    if !library.is_null() {
        scope["library_id"] = library;
    }
    let mut body = json!({
        "name": name, "description": table["description"], "sub_system": {"value": "INFRA", "desc": "Infra"}, "patron_facing": false,
        "language": {"value": "en", "desc": "English"}, "scope": scope, "row": table["rows"]
    });
    if let (TableRows::Wrapped, Value::Object(fields)) = (zone.settings.table_rows, &mut body) {
        let rows = fields.shift_remove("row").unwrap_or_default();
        fields.insert("rows".to_owned(), json!({"row": rows}));
    }
    Ok(SimAnswer::tree(200, "code_table", body))
}

//! Checks a partner record that was sent (its shape, and that nothing mandatory is missing), and turns it into what
//! the zone stores.
use super::columns::{ColumnShape, ColumnSource, NCIP, PARTNER, PROFILES, RecordColumn};
use super::refusal::ErrorReply;
use super::zone::AlmaZone;
use crate::sim::json::json_of;
use crate::sim::json::{is_blank, set_at};
use crate::sim::settings::{LocationValues, UnknownCodes};
use serde_json::{Map, Value, json};

/// Checks a record that was sent: shape first, then missing fields, then values.
pub(super) fn checked(zone: &AlmaZone, record: &Value) -> Result<(), ErrorReply> {
    let Some(details) = record.get("partner_details").filter(|d| !d.is_null()) else {
        return Err(ErrorReply::missing("partner_details"));
    };
    shapes(record, details)?;
    present(details, &PARTNER)?;
    let profile = profile_of(details)?;
    let owner =
        details["profile_details"]["ncip_details"]["general_library_owner"]["value"].as_str().unwrap_or_default();
    values(zone, details, &PARTNER, owner)?;
    if profile == "NCIP" {
        let ncip = &details["profile_details"]["ncip_details"];
        present(ncip, &NCIP)?;
        values(zone, ncip, &NCIP, owner)?;
    }
    Ok(())
}

/// The active profile, if Alma knows it and its block is there.
fn profile_of(details: &Value) -> Result<&'static str, ErrorReply> {
    let named =
        details["profile_details"]["profile_type"].as_str().ok_or_else(|| ErrorReply::missing("profile_type"))?;
    let Some((profile, block)) = PROFILES.iter().find(|(profile, _)| *profile == named) else {
        return Err(ErrorReply::cannot_construct("partner.ProfileDetails", &format!("no enum constant for `{named}`")));
    };
    match block {
        Some(block) if is_blank(&details["profile_details"][*block]) => Err(ErrorReply::missing(block)),
        _ => Ok(profile),
    }
}

fn shapes(record: &Value, details: &Value) -> Result<(), ErrorReply> {
    each_shape("partner.PartnerDetails", details, &PARTNER)?;
    let profiles = &details["profile_details"];
    for block in PROFILES.iter().filter_map(|(_, block)| *block) {
        if !matches!(profiles.get(block), None | Some(Value::Null | Value::Object(_))) {
            return Err(ErrorReply::cannot_construct("partner.ProfileDetails", &format!("`{block}` is not an object")));
        }
    }
    if let Some(ncip) = profiles.get("ncip_details").filter(|n| !n.is_null()) {
        each_shape("partner.NcipDetails", ncip, &NCIP)?;
    }
    let lists = ["/note", "/contact_info/address", "/contact_info/phone", "/contact_info/email"];
    match lists.iter().find(|at| !matches!(record.pointer(at), None | Some(Value::Null | Value::Array(_)))) {
        Some(at) => Err(ErrorReply::cannot_construct("partner.Partner", &format!("`{at}` is not a list"))),
        None => Ok(()),
    }
}

fn each_shape(class: &str, object: &Value, columns: &[RecordColumn]) -> Result<(), ErrorReply> {
    let Value::Object(fields) = object else {
        return Err(ErrorReply::cannot_construct(class, "no creator for this kind of value"));
    };
    for column in columns {
        let Some(value) = fields.get(column.name).filter(|v| !v.is_null()) else {
            continue;
        };
        let fits = match column.shape {
            ColumnShape::Text | ColumnShape::Word(_) => value.is_string(),
            ColumnShape::Number => value.is_i64(),
            ColumnShape::Flag => value.is_boolean(),
            ColumnShape::Block => value.is_object(),
            ColumnShape::Coded(_) => matches!(value.get("value"), Some(Value::Null | Value::String(_))),
        };
        if !fits {
            return Err(ErrorReply::cannot_construct(
                class,
                &format!("`{}` cannot be made from this kind of value", column.name),
            ));
        }
    }
    Ok(())
}

fn present(object: &Value, columns: &[RecordColumn]) -> Result<(), ErrorReply> {
    let absent = |c: &&RecordColumn| c.mandatory && object.get(c.name).is_none_or(is_blank);
    // A block counts as present if it is an object. Its own fields are checked later.
    let absent = columns.iter().find(|c| absent(c) && !(c.shape == ColumnShape::Block && object[c.name].is_object()));
    absent.map_or(Ok(()), |column| Err(ErrorReply::missing(column.name)))
}

fn values(zone: &AlmaZone, object: &Value, columns: &[RecordColumn], owner: &str) -> Result<(), ErrorReply> {
    for column in columns {
        let Some(value) = object.get(column.name).filter(|v| !is_blank(v)) else {
            continue;
        };
        match column.shape {
            ColumnShape::Word(words) if !words.iter().any(|w| value == w) => {
                return Err(unrendered(column.name));
            }
            ColumnShape::Coded(source) => {
                coded(zone, column.name, source, value["value"].as_str().unwrap_or_default(), owner)?
            }
            _ => {}
        }
    }
    Ok(())
}

fn coded(zone: &AlmaZone, name: &str, source: ColumnSource, value: &str, owner: &str) -> Result<(), ErrorReply> {
    let known = zone.describe(source, value, owner).is_some();
    let refused = match source {
        ColumnSource::Location => !known || zone.settings.location_values == LocationValues::Refused,
        ColumnSource::PickupLibrary | ColumnSource::Library => !known,
        ColumnSource::Table(_) | ColumnSource::UserIdentifier => {
            !known && zone.settings.unknown_codes == UnknownCodes::Refused
        }
        ColumnSource::Nothing => false,
    };
    if refused { Err(unrendered(name)) } else { Ok(()) }
}

/// In Alma's messages about a bad value, the template may be left unfilled (reported by third parties).
fn unrendered(name: &str) -> ErrorReply {
    ErrorReply::rule("40166411", format!("Invalid field value: {name} {{1}}"))
}

/// The record as the zone stores it. Fields that were not sent get their default or become null, descriptions are
/// derived again, and unknown fields are kept.
pub(super) fn filled(zone: &AlmaZone, sent: Value) -> Value {
    let Value::Object(mut sent) = sent else {
        return sent;
    };
    sent.shift_remove("link");
    let details = sent.shift_remove("partner_details").unwrap_or_default();
    let owner = details["profile_details"]["ncip_details"]["general_library_owner"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let mut details = swapped(zone, details, &PARTNER, &owner);
    if let Some(ncip) = details.pointer_mut("/profile_details/ncip_details").filter(|n| !n.is_null()) {
        *ncip = swapped(zone, ncip.take(), &NCIP, &owner);
    }
    keep_active_block(&mut details);
    let mut stored = Map::new();
    stored.insert("partner_details".to_owned(), details);
    stored.insert("contact_info".to_owned(), contact(sent.shift_remove("contact_info")));
    stored.insert("note".to_owned(), sent.shift_remove("note").filter(|n| !n.is_null()).unwrap_or_else(|| json!([])));
    stored.extend(sent);
    Value::Object(stored)
}

fn swapped(zone: &AlmaZone, sent: Value, columns: &[RecordColumn], owner: &str) -> Value {
    let Value::Object(mut sent) = sent else {
        return sent;
    };
    let mut stored = Map::new();
    for column in columns {
        let value = sent.shift_remove(column.name).filter(|v| !is_blank(v)).unwrap_or_else(|| column.default());
        stored.insert(column.name.to_owned(), with_description(zone, column.shape, value, owner));
    }
    stored.extend(sent);
    Value::Object(stored)
}

fn with_description(zone: &AlmaZone, shape: ColumnShape, value: Value, owner: &str) -> Value {
    let (ColumnShape::Coded(source), Some(code)) = (shape, value["value"].as_str()) else {
        return value;
    };
    let desc = zone.describe(source, code, owner).unwrap_or_else(|| code.to_owned());
    json!({"value": code, "desc": desc})
}

/// Stores only the block of the active profile. Unknown blocks are kept.
fn keep_active_block(details: &mut Value) {
    let active = details["profile_details"]["profile_type"].as_str().unwrap_or_default().to_owned();
    let Some(Value::Object(profiles)) = details.get_mut("profile_details") else {
        return;
    };
    profiles
        .retain(|name, _| PROFILES.iter().all(|(profile, block)| *block != Some(name.as_str()) || *profile == active));
}

fn contact(sent: Option<Value>) -> Value {
    let mut contact = sent.filter(Value::is_object).unwrap_or_else(|| json!({}));
    for list in ["address", "phone", "email"] {
        if contact.get(list).is_none_or(Value::is_null) {
            contact[list] = json!([]);
        }
    }
    contact
}

/// Overwrites a written record with the values that this world stores whatever was sent.
pub(super) fn overridden(zone: &AlmaZone, mut record: Value) -> Value {
    for (pointer, value) in &zone.settings.stores_instead {
        set_at(&mut record, pointer, Some(json_of(value)));
    }
    filled(zone, record)
}

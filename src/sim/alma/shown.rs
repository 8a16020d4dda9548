//! How a partner record is shown: this world's treatment of keys, empty fields and profiles.
use super::columns::{NCIP, PARTNER, PROFILES};
use super::zone::{AlmaZone, code_of};
use crate::sim::json::is_blank;
use crate::sim::settings::{EmptyFields, ExportKeyShown, ProfileBlocks};
use crate::sim::world::zone_file;
use serde_json::{Value, json};

const KEY: &str = "export_api_key";
const NCIP_AT: &str = "/partner_details/profile_details/ncip_details";

/// The record as the API shows it.
pub(super) fn as_answered(zone: &AlmaZone, stored: &Value) -> Value {
    let mut record = stored.clone();
    show_key(zone.settings.export_key, &mut record);
    if zone.settings.profile_blocks == ProfileBlocks::All {
        add_blocks(&mut record);
    }
    show_empty(zone.settings.empty_fields, &mut record);
    let link = format!("{}/almaws/v1/partners/{}", zone.url, code_of(stored));
    match &mut record {
        Value::Object(fields) => {
            fields.insert("link".to_owned(), json!(link));
        }
        _ => record = json!({"link": link}),
    }
    record
}

fn show_key(how: ExportKeyShown, record: &mut Value) {
    let Some(Value::Object(ncip)) = record.pointer_mut(NCIP_AT) else {
        return;
    };
    match how {
        ExportKeyShown::Clear => {}
        ExportKeyShown::LeftOut => {
            ncip.shift_remove(KEY);
        }
        ExportKeyShown::Masked | ExportKeyShown::MaskedButEnd => {
            if let Some(key) = ncip.get_mut(KEY).filter(|k| !is_blank(k)) {
                *key = json!(format!("********{}", if how == ExportKeyShown::Masked { "" } else { end_of(key) }));
            }
        }
    }
}

/// The last four characters of a key.
fn end_of(key: &Value) -> &str {
    let key = key.as_str().unwrap_or_default();
    key.get(key.len().saturating_sub(4)..).unwrap_or_default()
}

/// Adds the blocks of all profiles. Those of inactive profiles have empty fields.
fn add_blocks(record: &mut Value) {
    let blocks = zone_file("profile-blocks");
    let Some(Value::Object(profiles)) = record.pointer_mut("/partner_details/profile_details") else {
        return;
    };
    for name in PROFILES.iter().filter_map(|(_, block)| *block) {
        profiles.entry(name.to_owned()).or_insert_with(|| blocks[name].clone());
    }
}

fn show_empty(how: EmptyFields, record: &mut Value) {
    let levels = [("/partner_details", PARTNER.as_slice()), (NCIP_AT, NCIP.as_slice())];
    for (at, columns) in levels {
        let Some(Value::Object(fields)) = record.pointer_mut(at) else {
            continue;
        };
        let blank = |name: &str| columns.iter().any(|c| c.name == name && name != KEY);
        match how {
            EmptyFields::AsStored => {}
            EmptyFields::LeftOut => fields.retain(|name, value| !(blank(name) && is_blank(value))),
            EmptyFields::Null => {
                for (_, value) in fields.iter_mut().filter(|(name, value)| blank(name) && is_blank(value)) {
                    *value = Value::Null;
                }
            }
        }
    }
    if how == EmptyFields::LeftOut
        && let Value::Object(fields) = record
    {
        fields
            .retain(|_, value| !matches!(value, Value::Null) && value.as_array().is_none_or(|items| !items.is_empty()));
    }
}

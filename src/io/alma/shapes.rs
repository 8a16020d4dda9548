//! Alma's records as they come over the wire, and the observations made from them (facts/alma.md §7). All texts are
//! clean.
use super::lists::ListFault;
use crate::engine::observed::{AlmaUser, CodeRow, Desk, General, Library, Location, PartnerEntry};
use crate::engine::probe::BorrowingRequest;
use crate::io::http::{CodedValue, Flag, Many, required, shaped};
use crate::site::Environment;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct WireGeneral {
    institution: CodedValue,
    #[serde(default)]
    environment_type: CodedValue,
}

/// Parses the answer to `conf/general`.
pub(super) fn general(answer: &Value) -> Result<General, String> {
    let wire: WireGeneral = shaped(answer)?;
    let name = wire.institution.desc.clone();
    let institution = wire.institution.filled().ok_or("the answer names no institution")?;
    let environment = match wire.environment_type.value.trim().to_ascii_lowercase().as_str() {
        "production" => Some(Environment::Production),
        "sandbox" => Some(Environment::Sandbox),
        _ => None,
    };
    Ok(General { institution, name, environment })
}

#[derive(Deserialize)]
pub(super) struct WireLibrary {
    #[serde(deserialize_with = "required")]
    code: String,
    #[serde(default)]
    pub(super) name: CodedValue,
    #[serde(default)]
    id: CodedValue,
    #[serde(default)]
    path: CodedValue,
    #[serde(default)]
    resource_sharing: Flag,
}

impl From<WireLibrary> for Library {
    fn from(wire: WireLibrary) -> Self {
        Self {
            name: wire.name.filled().unwrap_or_else(|| wire.code.clone()),
            code: wire.code,
            id: wire.id.filled(),
            path: wire.path.filled(),
            resource_sharing: wire.resource_sharing.0,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct WireLocation {
    #[serde(deserialize_with = "required")]
    code: String,
    #[serde(default)]
    pub(super) name: CodedValue,
    #[serde(default)]
    id: CodedValue,
}

impl From<WireLocation> for Location {
    fn from(wire: WireLocation) -> Self {
        let name = wire.name.filled().unwrap_or_else(|| wire.code.clone());
        Self { name, code: wire.code, id: wire.id.filled() }
    }
}

#[derive(Deserialize)]
pub(super) struct WireDesk {
    #[serde(deserialize_with = "required")]
    code: String,
    #[serde(default)]
    pub(super) name: CodedValue,
}

impl From<WireDesk> for Desk {
    fn from(wire: WireDesk) -> Self {
        Self { name: wire.name.filled().unwrap_or_else(|| wire.code.clone()), code: wire.code }
    }
}

#[derive(Deserialize)]
pub(super) struct WireRow {
    #[serde(deserialize_with = "required")]
    code: String,
    #[serde(default)]
    pub(super) description: CodedValue,
    #[serde(default)]
    enabled: Flag,
}

impl From<WireRow> for CodeRow {
    fn from(wire: WireRow) -> Self {
        // The schema allows a row without `enabled`; only an explicit "false" disables it.
        Self { code: wire.code, description: wire.description.value, enabled: wire.enabled.0.unwrap_or(true) }
    }
}

#[derive(Deserialize)]
struct WireAlmaUser {
    #[serde(deserialize_with = "required")]
    primary_id: String,
    #[serde(default)]
    rs_library: Many<WireRsLibrary>,
    #[serde(default)]
    user_identifier: Many<WireIdentifier>,
}

/// One more identifier of a user, such as a barcode.
#[derive(Deserialize)]
struct WireIdentifier {
    #[serde(default)]
    value: CodedValue,
}

#[derive(Deserialize)]
struct WireRsLibrary {
    #[serde(default)]
    code: CodedValue,
}

/// Parses the answer to `users/{id}`. Alma finds a user by any identifier, so one of them must be the one asked for.
pub(super) fn user(answer: &Value, asked: &str) -> Result<AlmaUser, String> {
    let wire: WireAlmaUser = shaped(answer)?;
    let others = wire.user_identifier.0.into_iter().filter_map(|one| one.value.filled());
    let mut all = std::iter::once(wire.primary_id.clone()).chain(others);
    if !all.any(|id| id.trim().to_lowercase() == asked.trim().to_lowercase()) {
        return Err("it is the record of another person".to_owned());
    }
    let rs_libraries = wire.rs_library.0.into_iter().filter_map(|library| library.code.filled()).collect();
    Ok(AlmaUser { primary_id: wire.primary_id, rs_libraries })
}

/// The rows, if any of them has a name. Nobody could find one by its name in a list without names.
pub(super) fn with_names<W>(rows: Vec<W>, name: fn(&W) -> &CodedValue) -> Result<Vec<W>, ListFault> {
    if rows.is_empty() || rows.iter().any(|row| !name(row).value.trim().is_empty()) {
        return Ok(rows);
    }
    Err(ListFault::Shape("no entry of the list has a name".to_owned()))
}

/// The fields we need of a partner in the list of partners.
#[derive(Deserialize)]
pub(super) struct WirePartner {
    partner_details: WirePartnerDetails,
}

#[derive(Deserialize)]
struct WirePartnerDetails {
    #[serde(deserialize_with = "required")]
    code: String,
    #[serde(default)]
    name: CodedValue,
    #[serde(default)]
    status: CodedValue,
    #[serde(default)]
    system_type: CodedValue,
    #[serde(default)]
    profile_details: Option<WireProfile>,
}

#[derive(Deserialize)]
struct WireProfile {
    #[serde(default)]
    profile_type: CodedValue,
}

impl From<WirePartner> for PartnerEntry {
    fn from(wire: WirePartner) -> Self {
        let WirePartnerDetails { code, name, status, system_type, profile_details } = wire.partner_details;
        let words = [Some(system_type.value), system_type.desc];
        Self {
            code,
            name: name.value,
            status: status.filled(),
            system_type: words.into_iter().flatten().filter(|word| !word.is_empty()).collect(),
            profile: profile_details.and_then(|profile| profile.profile_type.filled()),
        }
    }
}

/// The fields we need of a borrowing request (rest_user_resource_sharing_request.xsd).
#[derive(Deserialize)]
pub(super) struct WireBorrowing {
    #[serde(deserialize_with = "required")]
    request_id: String,
    #[serde(default)]
    external_id: CodedValue,
    #[serde(default)]
    title: CodedValue,
    #[serde(default)]
    status: CodedValue,
    #[serde(default)]
    partner: CodedValue,
    #[serde(default)]
    requester: CodedValue,
}

impl From<WireBorrowing> for BorrowingRequest {
    fn from(wire: WireBorrowing) -> Self {
        Self {
            id: wire.request_id,
            external_id: wire.external_id.filled(),
            title: wire.title.filled(),
            requester: wire.requester.filled(),
            status_words: wire.status.desc.clone(),
            status: wire.status.value,
            partner: wire.partner.filled(),
        }
    }
}

/// A request in the list of a user's requests. A borrowing request has a part of its own inside.
#[derive(Deserialize)]
pub(super) struct WireUserRequest {
    #[serde(default)]
    request_id: CodedValue,
    #[serde(default)]
    title: CodedValue,
    #[serde(default)]
    user_primary_id: CodedValue,
    #[serde(default)]
    request_type: CodedValue,
    #[serde(default)]
    resource_sharing: Option<WireResourceSharing>,
}

#[derive(Default, Deserialize)]
struct WireResourceSharing {
    #[serde(default)]
    external_id: CodedValue,
    #[serde(default)]
    status: CodedValue,
    #[serde(default)]
    partner: CodedValue,
}

impl WireUserRequest {
    /// Whether it leaves out its kind, or as a borrowing request its id or title.
    pub(super) fn is_bare(&self) -> bool {
        let lacks = |value: &CodedValue| value.value.trim().is_empty();
        if self.is_borrowing() { lacks(&self.request_id) || lacks(&self.title) } else { lacks(&self.request_type) }
    }

    /// Whether this is a borrowing request: it says so, or has the part of its own.
    fn is_borrowing(&self) -> bool {
        self.resource_sharing.is_some() || self.request_type.value.eq_ignore_ascii_case("RESOURCE_SHARING")
    }

    /// The borrowing request, if this is one.
    pub(super) fn borrowing(self) -> Option<BorrowingRequest> {
        if !self.is_borrowing() {
            return None;
        }
        let sharing = self.resource_sharing.unwrap_or_default();
        Some(BorrowingRequest {
            id: self.request_id.value,
            requester: self.user_primary_id.filled(),
            external_id: sharing.external_id.filled(),
            title: self.title.filled(),
            status_words: sharing.status.desc.clone(),
            status: sharing.status.value,
            partner: sharing.partner.filled(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn general_is_read_whatever_the_case() {
        let read =
            general(&json!({"institution": {"value": "01CUNY_QC", "desc": "Queens"}, "environment_type": "SANDBOX"}));
        let expected = General {
            institution: "01CUNY_QC".into(),
            name: Some("Queens".into()),
            environment: Some(Environment::Sandbox),
        };
        assert_eq!(read, Ok(expected));
        assert_eq!(general(&json!({"institution": "01X_Y"})).expect("bare").environment, None);
        assert!(general(&json!({"institution": {"value": null}})).is_err());
        assert!(general(&json!({})).is_err());
    }

    #[test]
    fn the_record_of_another_person_is_none_of_the_one_asked_for() {
        let other = json!({"primary_id": "10000002", "user_identifier": [{"value": "b-77"}, {"value": null}]});
        assert_eq!(user(&other, "10000002").map(|read| read.primary_id), Ok("10000002".into()));
        assert_eq!(
            user(&other, " B-77").map(|read| read.primary_id),
            Ok("10000002".into()),
            "found by another identifier"
        );
        assert!(user(&other, "10000003").is_err());
        assert!(user(&json!({"primary_id": "10000002"}), "10000003").is_err());
    }

    #[test]
    fn a_row_of_requests_says_what_it_is() {
        let bare = |row: Value| shaped::<WireUserRequest>(&row).expect("a row").is_bare();
        assert!(bare(json!({})));
        assert!(bare(json!({"request_type": "RESOURCE_SHARING", "request_id": "7"})));
        assert!(bare(json!({"request_type": "RESOURCE_SHARING", "title": "T"})));
        assert!(!bare(json!({"request_type": "RESOURCE_SHARING", "request_id": "7", "title": "T"})));
        assert!(!bare(json!({"request_type": "HOLD", "request_id": "8"})));
    }

    #[test]
    fn a_list_without_any_name_is_none() {
        let read = |rows: Value| {
            shaped::<Vec<WireDesk>>(&rows)
                .map_err(ListFault::Shape)
                .and_then(|rows| with_names(rows, |row| &row.name))
                .map(|rows| rows.len())
        };
        assert_eq!(read(json!([])), Ok(0));
        assert_eq!(read(json!([{"code": "A", "name": "Main"}, {"code": "B"}])), Ok(2));
        assert!(read(json!([{"code": "A"}, {"code": "B", "name": null}])).is_err());
    }

    #[test]
    fn a_partner_of_the_list_says_as_much_as_the_list_does() {
        let read = |details: Value| {
            PartnerEntry::from(shaped::<WirePartner>(&json!({"partner_details": details})).expect("a partner"))
        };
        let bare = read(json!({"code": "A"}));
        assert_eq!((bare.code.as_str(), bare.name.as_str()), ("A", ""));
        assert_eq!((bare.status, bare.system_type, bare.profile), (None, Vec::new(), None));
        let whole =
            read(json!({"code": "A", "name": "B", "status": "INACTIVE", "profile_details": {"profile_type": "NCIP"},
            "system_type": {"value": "ILLIAD", "desc": "ILLiad"}}));
        assert_eq!((whole.name.as_str(), whole.status.as_deref()), ("B", Some("INACTIVE")));
        assert_eq!(
            (whole.system_type, whole.profile.as_deref()),
            (vec!["ILLIAD".into(), "ILLiad".into()], Some("NCIP"))
        );
    }
}

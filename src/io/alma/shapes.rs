//! Alma's records as they come over the wire, and the observations made from them (facts/alma.md §7). All texts are
//! clean.
use crate::engine::observed::{AlmaUser, CodeRow, Desk, General, Library, Location};
use crate::engine::probe::BorrowingRequest;
use crate::io::http::{CodedValue, Flag, Many, required, shaped};
use crate::site::Environment;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The items of a list, found under `item`. The list is empty if `item` is `null`, or is missing while one of `marks`
/// is there.
///
/// # Errors
/// A message: the answer is not such a list. An unknown object is not taken for an empty list.
pub(super) fn items<T: DeserializeOwned>(answer: &Value, item: &str, marks: &[&str]) -> Result<Vec<T>, String> {
    if let Some(found) = answer.get(item) {
        return shaped::<Many<T>>(found).map(|many| many.0).map_err(|why| format!("{why} (in {item})"));
    }
    let known = answer.is_object() && marks.iter().any(|mark| answer.get(mark).is_some());
    if known { Ok(Vec::new()) } else { Err(format!("the answer has no list \"{item}\"")) }
}

/// The list's `total_record_count`, if given.
pub(super) fn total(answer: &Value) -> Option<usize> {
    let total = answer.get("total_record_count")?;
    shaped::<CodedValue>(total).ok()?.value.parse().ok()
}

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
    name: CodedValue,
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
    name: CodedValue,
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
    name: CodedValue,
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
    description: CodedValue,
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
}

#[derive(Deserialize)]
struct WireRsLibrary {
    #[serde(default)]
    code: CodedValue,
}

/// Parses the answer to `users/{id}`.
pub(super) fn user(answer: &Value) -> Result<AlmaUser, String> {
    let wire: WireAlmaUser = shaped(answer)?;
    let rs_libraries = wire.rs_library.0.into_iter().filter_map(|library| library.code.filled()).collect();
    Ok(AlmaUser { primary_id: wire.primary_id, rs_libraries })
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
    profile_details: Option<WireProfile>,
}

#[derive(Deserialize)]
struct WireProfile {
    #[serde(default)]
    profile_type: CodedValue,
}

impl WirePartner {
    /// The partner's code, unless the list gives a profile other than NCIP.
    pub(super) fn maybe_ncip(self) -> Option<String> {
        let profile = self.partner_details.profile_details.and_then(|profile| profile.profile_type.filled());
        profile.is_none_or(|profile| profile == "NCIP").then_some(self.partner_details.code)
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
}

impl From<WireBorrowing> for BorrowingRequest {
    fn from(wire: WireBorrowing) -> Self {
        Self {
            id: wire.request_id,
            external_id: wire.external_id.filled(),
            title: wire.title.filled(),
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
    resource_sharing: Option<WireResourceSharing>,
}

#[derive(Deserialize)]
struct WireResourceSharing {
    #[serde(default)]
    external_id: CodedValue,
    #[serde(default)]
    status: CodedValue,
    #[serde(default)]
    partner: CodedValue,
}

impl WireUserRequest {
    /// The borrowing request, if this is one.
    pub(super) fn borrowing(self) -> Option<BorrowingRequest> {
        let sharing = self.resource_sharing?;
        Some(BorrowingRequest {
            id: self.request_id.filled()?,
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
    fn an_unknown_object_is_not_an_empty_list() {
        let read =
            |answer: Value| items::<WireLibrary>(&answer, "library", &["total_record_count"]).map(|list| list.len());
        assert_eq!(read(json!({"library": [{"code": "A"}, {"code": "B"}]})), Ok(2));
        assert_eq!(read(json!({"library": {"code": "A"}})), Ok(1));
        assert_eq!(read(json!({"library": null})), Ok(0));
        assert_eq!(read(json!({"total_record_count": 0})), Ok(0));
        assert!(read(json!({})).is_err());
        assert!(read(json!([])).is_err());
        let why = read(json!({"library": [{"code": "A"}, {"name": "B"}]})).expect_err("no code");
        assert!(why.contains("[1]"), "{why}");
    }

    #[test]
    fn only_other_profiles_are_left_out() {
        let read = |details: Value| {
            shaped::<WirePartner>(&json!({"partner_details": details})).expect("a partner").maybe_ncip()
        };
        assert_eq!(read(json!({"code": "A", "profile_details": {"profile_type": "NCIP"}})), Some("A".into()));
        assert_eq!(read(json!({"code": "A", "profile_details": {"profile_type": "ISO"}})), None);
        assert_eq!(read(json!({"code": "A"})), Some("A".into()));
    }
}

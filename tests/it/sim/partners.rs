//! Partner records: list, read, create, replace and delete, and the variants in which a world may return or accept them.

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::client::{NCIP, Scene};

/// Returns the right record as a client could send it, taken from the world `done`.
pub(crate) async fn right_record(target: &Scene) -> Value {
    let donor = Scene::of("done").await;
    let mut record = donor.alma_get("/partners/ILLiad").await;
    set(&mut record, &pointer("export_url"), json!(format!("{}/transaction", target.running.illiad_url())));
    record
}

pub(crate) fn pointer(field: &str) -> String {
    format!("{NCIP}/{field}")
}

pub(crate) fn ncip<'r>(record: &'r Value, field: &str) -> &'r Value {
    &record["partner_details"]["profile_details"]["ncip_details"][field]
}

pub(crate) fn set(record: &mut Value, at: &str, value: Value) {
    *record.pointer_mut(at).unwrap_or_else(|| panic!("{at} exists")) = value;
}

#[tokio::test]
async fn the_list_is_paged_and_filtered() {
    let scene = Scene::of("done").await;
    let first = scene.alma_get("/partners").await;
    let total = first["total_record_count"].as_u64().expect("a count");
    assert_eq!(first["partner"].as_array().map(Vec::len), Some(10), "ten by default");
    assert!(total > 10);
    let all = scene.alma_get("/partners?limit=100").await;
    let codes: Vec<_> = all["partner"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| p["partner_details"]["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes.len() as u64, total);
    for code in ["ILLiad", "RELAIS-QC", "RELAIS-AX", "PEER-ISO"] {
        assert!(codes.contains(&code) && !codes[..10].contains(&code), "{code} is beyond the first page");
    }
    let inactive = scene.alma_get("/partners?status=INACTIVE").await;
    assert_eq!(
        (inactive["total_record_count"].as_u64(), inactive["partner"][0]["partner_details"]["code"].as_str()),
        (Some(1), Some("PEER-ISO"))
    );
    assert_eq!(scene.alma(Method::GET, "/partners?limit=101").await.status, 400);
    assert_eq!(scene.alma(Method::GET, "/partners?status=ASLEEP").await.status, 400);
}

#[tokio::test]
async fn another_partner_shows_the_internal_ids_and_traps_stand_beside_it() {
    let scene = Scene::of("fresh").await;
    let relais = scene.alma_get("/partners/RELAIS-QC").await;
    assert_eq!(
        ncip(&relais, "check_out_location"),
        &json!({"value": "129008500005337", "desc": "Lending Resource Sharing Requests"})
    );
    assert_eq!(
        ncip(&relais, "accept_item_location"),
        &json!({"value": "129008700005337", "desc": "Borrowing Resource Sharing Requests"})
    );
    assert_eq!(
        ncip(&relais, "accept_item_pickup_library"),
        &json!({"value": "5331.5337.136416200005337", "desc": "Resource Sharing Library"})
    );
    let annex = scene.alma_get("/partners/RELAIS-AX").await;
    assert_eq!(ncip(&annex, "general_library_owner")["value"], "QCAX");
    assert_eq!(ncip(&annex, "check_out_location")["desc"], "Lending Resource Sharing Requests");
    assert_ne!(ncip(&annex, "check_out_location")["value"], ncip(&relais, "check_out_location")["value"]);
    assert_eq!(scene.alma(Method::GET, "/partners/ILLiad").await.code(), "402118");
    assert_eq!(Scene::of("ids-unknown").await.alma(Method::GET, "/partners/RELAIS-QC").await.status, 400);
    let codes = Scene::of("codes-accepted").await.alma_get("/partners/RELAIS-QC").await;
    assert_eq!(ncip(&codes, "check_out_location")["value"], "IN_RS_REQ");
    assert_eq!(ncip(&codes, "accept_item_pickup_library")["value"], "QCRS");
}

#[tokio::test]
async fn a_record_is_created_once_and_stored_as_sent() {
    let scene = Scene::of("fresh").await;
    let record = right_record(&scene).await;
    let created = scene.alma_send(Method::POST, "/partners", &record).await;
    assert_eq!(created.status, 200, "{}", created.text);
    let read = scene.alma_get("/partners/ILLiad").await;
    assert_eq!(created.json(), read);
    assert_eq!(ncip(&read, "export_api_key"), scene.running.keys().export.as_str());
    assert_eq!(scene.running.partner("ILLiad").expect("stored")["partner_details"], read["partner_details"]);
    let again = scene.alma_send(Method::POST, "/partners", &record).await;
    assert_eq!((again.status, again.code().as_str()), (400, "402113"));
    assert_eq!(scene.alma(Method::DELETE, "/partners/ILLiad").await.status, 204);
    assert_eq!(scene.alma(Method::DELETE, "/partners/ILLiad").await.code(), "401651");
}

#[tokio::test]
async fn a_replacement_swaps_all() {
    let scene = Scene::of("drifted").await;
    let mut record = scene.alma_get("/partners/ILLiad").await;
    for (at, field) in [
        (NCIP, "export_api_key"),
        ("/partner_details", "avg_supply_time"),
        ("/partner_details", "network_group"),
        ("", "contact_info"),
        ("", "note"),
    ] {
        record
            .pointer_mut(at)
            .and_then(Value::as_object_mut)
            .expect("an object")
            .shift_remove(field)
            .expect("there before");
    }
    let put = scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await;
    assert_eq!(put.status, 200, "{}", put.text);
    let stored = scene.running.partner("ILLiad").expect("there");
    assert_eq!(ncip(&stored, "export_api_key"), &Value::Null, "a missing key is wiped");
    assert_eq!(stored["partner_details"]["avg_supply_time"], 0, "a default");
    assert_eq!(stored["partner_details"].get("network_group"), None, "unknown fields are wiped as well");
    assert_eq!((&stored["contact_info"]["address"], &stored["note"]), (&json!([]), &json!([])));
    assert_eq!(ncip(&stored, "export_retry_count"), 3, "what was sent back is kept");
}

#[tokio::test]
async fn descriptions_are_derived_from_codes_and_not_taken_from_the_caller() {
    let scene = Scene::of("done").await;
    let mut record = scene.alma_get("/partners/ILLiad").await;
    set(&mut record, &pointer("check_out_item_policy"), json!({"value": "LOAN", "desc": "RS ILL Loan"}));
    set(&mut record, "/partner_details/system_type", json!({"value": "NO_SUCH", "desc": "ILLiad"}));
    let stored = scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await.json();
    assert_eq!(ncip(&stored, "check_out_item_policy"), &json!({"value": "LOAN", "desc": "Regular Loan"}));
    assert_eq!(stored["partner_details"]["system_type"], json!({"value": "NO_SUCH", "desc": "NO_SUCH"}));

    let strict = Scene::from_toml("sentence = \"x.\"\nbased_on = \"done\"\n[alma]\nunknown_codes = \"refused\"").await;
    assert_eq!(strict.alma_send(Method::PUT, "/partners/ILLiad", &record).await.status, 400);
}

#[rstest]
#[case::name("/partner_details/name", json!(null), "401664", "name")]
#[case::status("/partner_details/status", json!(""), "401664", "status")]
#[case::lending("/partner_details/lending_supported", json!(null), "401664", "lending_supported")]
#[case::owner("/partner_details/profile_details/ncip_details/general_library_owner", json!({"value": null}), "401664", "general_library_owner")]
#[case::block("/partner_details/profile_details/ncip_details", json!(null), "401664", "ncip_details")]
#[case::number_as_text("/partner_details/avg_supply_time", json!("0"), "BAD_REQUEST", "Cannot construct instance of")]
#[case::flag_as_text("/partner_details/borrowing_supported", json!("true"), "BAD_REQUEST", "borrowing_supported")]
#[case::coded_as_text("/partner_details/system_type", json!("ILLIAD"), "BAD_REQUEST", "system_type")]
#[case::note_as_object("/note", json!({"content": "x"}), "BAD_REQUEST", "/note")]
#[case::profile("/partner_details/profile_details/profile_type", json!("ILLIAD"), "BAD_REQUEST", "ILLIAD")]
#[case::word("/partner_details/profile_details/ncip_details/delivery_method", json!("BY_PIGEON"), "40166411", "delivery_method")]
#[case::location("/partner_details/profile_details/ncip_details/check_out_location", json!({"value": "IN_RS_REQ"}), "40166411", "check_out_location")]
#[case::code("/partner_details/code", json!("ILLIAD"), "402119", "cannot be changed")]
#[tokio::test]
async fn what_alma_cannot_take_is_refused_and_nothing_changes(
    #[case] at: &str,
    #[case] value: Value,
    #[case] code: &str,
    #[case] says: &str,
) {
    let scene = Scene::of("done").await;
    let before = scene.running.partner("ILLiad");
    let mut record = scene.alma_get("/partners/ILLiad").await;
    set(&mut record, at, value);
    let got = scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await;
    assert_eq!((got.status, got.code().as_str()), (400, code), "{}", got.text);
    assert!(got.text.contains(says), "{}", got.text);
    assert!(got.json()["errorList"]["error"][0]["trackingId"].is_string());
    assert_eq!(scene.running.partner("ILLiad"), before);
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_a_bad_request() {
    let scene = Scene::of("fresh").await;
    for body in ["", "[1]", "{\"partner_details\":"] {
        let call = scene.alma_call(Method::POST, "/partners").header("Content-Type", "application/json").body(body);
        let got = crate::harness::client::read(call.send().await.expect("an answer")).await;
        assert_eq!((got.status, got.code().as_str()), (400, "BAD_REQUEST"), "{body}");
    }
}

#[tokio::test]
async fn locations_are_taken_as_the_world_has_it() {
    let ids = Scene::of("fresh").await;
    let mut record = right_record(&ids).await;
    assert_eq!(ids.alma_send(Method::POST, "/partners", &record).await.status, 200);
    for (field, value) in [
        ("check_out_location", "IN_RS_REQ"),
        ("accept_item_location", "OUT_RS_REQ"),
        ("accept_item_pickup_library", "QCRS"),
    ] {
        set(&mut record, &pointer(field), json!({"value": value}));
    }
    let codes = Scene::of("codes-accepted").await;
    let created = codes.alma_send(Method::POST, "/partners", &record).await;
    assert_eq!(
        ncip(&created.json(), "check_out_location"),
        &json!({"value": "IN_RS_REQ", "desc": "Lending Resource Sharing Requests"})
    );
    let refused = Scene::of("location-refused").await;
    let record = right_record(&refused).await;
    assert_eq!(refused.alma_send(Method::POST, "/partners", &record).await.status, 400);
    assert_eq!(refused.running.partner("ILLiad"), None);
}

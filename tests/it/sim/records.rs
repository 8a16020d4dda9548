//! The variants in which a world may return partner records, and what it may store in place of what was sent.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::client::Scene;
use crate::sim::partners::{ncip, pointer, set};

#[tokio::test]
async fn the_export_key_is_shown_as_the_world_has_it_and_always_stored() {
    for (world, shown) in [("key-in-clear", Some(None)), ("key-masked", Some(Some("********"))), ("key-left-out", None)]
    {
        let scene = Scene::of(world).await;
        let export = scene.running.keys().export.clone();
        let record = scene.alma_get("/partners/ILLiad").await;
        let expected = shown.map(|mask: Option<&str>| json!(mask.unwrap_or(&export)));
        assert_eq!(record.pointer(&pointer("export_api_key")), expected.as_ref(), "{world}");
        assert_eq!(ncip(&scene.running.partner("ILLiad").expect("there"), "export_api_key"), export.as_str());
    }
    let scene = Scene::of("key-masked").await;
    let record = scene.alma_get("/partners/ILLiad").await;
    scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await;
    assert_eq!(
        ncip(&scene.running.partner("ILLiad").expect("there"), "export_api_key"),
        "********",
        "a masked key sent back overwrites the key"
    );
}

#[tokio::test]
async fn empty_fields_and_other_profiles_are_shown_as_the_world_has_it() {
    let nulls = Scene::of("nulls").await.alma_get("/partners/ILLiad").await;
    assert_eq!(
        (nulls["partner_details"].get("currency"), nulls.pointer(&pointer("NVTGC"))),
        (Some(&Value::Null), Some(&Value::Null))
    );
    let missing = Scene::of("missing-keys").await.alma_get("/partners/ILLiad").await;
    assert_eq!((missing["partner_details"].get("currency"), missing.pointer(&pointer("NVTGC"))), (None, None));
    assert_eq!(ncip(&missing, "close_request_on_export"), false, "a flag is not empty");
    let profiles = |record: &Value| record["partner_details"]["profile_details"].as_object().expect("an object").len();
    assert_eq!(profiles(&Scene::of("one-profile").await.alma_get("/partners/ILLiad").await), 2);
    let all = Scene::of("all-profiles").await;
    let record = all.alma_get("/partners/ILLiad").await;
    assert_eq!(profiles(&record), 11);
    let put = all.alma_send(Method::PUT, "/partners/ILLiad", &record).await;
    assert_eq!((put.status, put.json()), (200, record), "what was read can be sent back");
}

#[tokio::test]
async fn every_world_takes_its_own_record_back_unchanged() {
    for world in [
        "done",
        "drifted",
        "newer-fields",
        "nulls",
        "missing-keys",
        "codes-accepted",
        "identifier-user_name",
        "code-in-other-case",
    ] {
        let scene = Scene::of(world).await;
        let code = if world == "codes-accepted" { "RELAIS-QC" } else { "ILLiad" };
        let record = scene.alma_get(&format!("/partners/{code}")).await;
        let put = scene.alma_send(Method::PUT, &format!("/partners/{code}"), &record).await;
        assert_eq!((put.status, put.json()), (200, record), "{world}");
    }
}

#[tokio::test]
async fn letter_case_of_codes_matters_or_does_not() {
    let exact = Scene::of("done").await;
    assert_eq!(exact.alma(Method::GET, "/partners/ILLIAD").await.code(), "402118");
    let ignored = Scene::of("code-in-other-case").await;
    assert_eq!(ignored.alma_get("/partners/ILLiad").await["partner_details"]["code"], "ILLIAD");
    assert!(ignored.running.partner("ILLiad").is_none() && ignored.running.partner("ILLIAD").is_some());
}

#[tokio::test]
async fn a_code_with_a_slash_and_a_blank_is_found_percent_encoded() {
    let scene = Scene::of("fresh").await;
    let mut record = scene.running.partner("RELAIS-QC").expect("there");
    set(&mut record, "/partner_details/code", json!("A/B C+D"));
    scene.running.set_partner("A/B C+D", record);
    assert_eq!(scene.alma_get("/partners/A%2FB%20C+D").await["partner_details"]["code"], "A/B C+D");
    scene.running.remove_partner("A/B C+D");
    assert_eq!(scene.alma(Method::GET, "/partners/A%2FB%20C+D").await.code(), "402118");
}

#[tokio::test]
async fn a_write_may_keep_something_else_or_be_denied_afterwards() {
    let scene = Scene::of("keeps-something-else").await;
    let mut record = scene.alma_get("/partners/ILLiad").await;
    assert_eq!(ncip(&record, "loan_delivery_method"), "HOLD_FOR_PICKUP");
    set(&mut record, "/partner_details/name", json!("ILLiad"));
    let put = scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await.json();
    assert_eq!(
        (ncip(&put, "loan_delivery_method"), &put["partner_details"]["name"]),
        (&json!("MAIL_TO_ADDRESS"), &json!("ILLiad"))
    );

    let scene = Scene::of("write-then-500").await;
    let mut record = scene.alma_get("/partners/ILLiad").await;
    set(&mut record, "/partner_details/name", json!("ILLiad"));
    assert_eq!(scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await.status, 500);
    assert_eq!(scene.running.partner("ILLiad").expect("there")["partner_details"]["name"], "ILLiad");
    assert_eq!(scene.alma(Method::POST, "/partners/operation/test").await.status, 200);
}

#[tokio::test]
async fn rule_errors_may_come_with_200() {
    let scene = Scene::of("error-in-200").await;
    let got = scene.alma(Method::GET, "/partners/ILLiad").await;
    assert_eq!((got.status, got.json()["errorsExist"].as_bool(), got.code().as_str()), (200, Some(true), "402118"));
}

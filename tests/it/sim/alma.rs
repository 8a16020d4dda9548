//! Alma's API gateway, configuration area and users.

use last_resort::sim::{LoggedServer, RequestLog};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::client::{Scene, read};

#[tokio::test]
async fn general_names_the_zone_and_every_answer_counts_the_calls_left() {
    let scene = Scene::of("fresh").await;
    let got = scene.alma(Method::GET, "/conf/general").await;
    let body = got.json();
    assert_eq!(body["institution"], json!({"value": "01CUNY_QC", "desc": "Queens College"}));
    assert_eq!(body["environment_type"], "sandbox");
    let left = |headers: &reqwest::header::HeaderMap| -> u64 {
        headers["X-Exl-Api-Remaining"].to_str().expect("text").parse().expect("a number")
    };
    let second = scene.alma(Method::GET, "/conf/libraries/nowhere").await;
    assert_eq!(left(&second.headers) + 1, left(&got.headers));
}

#[tokio::test]
async fn xml_is_the_default_and_json_has_to_be_asked_for() {
    let scene = Scene::of("done").await;
    let url = format!("{}/almaws/v1/partners/ILLiad", scene.running.alma_url());
    let key = format!("apikey {}", scene.running.keys().alma);
    let bare = read(scene.client.get(&url).header("Authorization", &key).send().await.expect("an answer")).await;
    assert!(
        bare.text.starts_with("<?xml") && bare.text.contains("<system_type desc=\"ILLiad\">ILLIAD</system_type>"),
        "{}",
        bare.text
    );
    let asked = read(
        scene.client.get(format!("{url}?format=json")).header("Authorization", &key).send().await.expect("an answer"),
    )
    .await;
    assert_eq!(asked.json()["partner_details"]["system_type"], json!({"value": "ILLIAD", "desc": "ILLiad"}));
}

#[tokio::test]
async fn keys_are_checked_as_the_gateway_does() {
    let scene = Scene::of("bad-alma-key").await;
    let wrong = scene.alma(Method::GET, "/conf/general").await;
    assert_eq!((wrong.status, wrong.code().as_str()), (403, "INVALID_REQUEST"));
    let none = scene
        .client
        .get(format!("{}/almaws/v1/conf/general", scene.running.alma_url()))
        .header("Accept", "application/json");
    let none = read(none.send().await.expect("an answer")).await;
    assert_eq!((none.status, none.code().as_str()), (400, "UNAUTHORIZED"));

    let scene = Scene::of("no-configuration-area").await;
    let arealess = scene.alma(Method::GET, "/conf/general").await;
    assert_eq!((arealess.status, arealess.code().as_str()), (400, "UNAUTHORIZED"));
    assert!(
        arealess.text.contains("web_service_result") && arealess.text.starts_with("<?xml"),
        "XML whatever Accept says: {}",
        arealess.text
    );
    assert_eq!(scene.alma(Method::GET, "/partners/operation/test").await.status, 200);
}

#[tokio::test]
async fn a_key_in_the_query_is_taken_and_never_kept() {
    let scene = Scene::of("done").await;
    let url =
        format!("{}/almaws/v1/conf/test?format=json&apikey={}", scene.running.alma_url(), scene.running.keys().alma);
    let got = read(scene.client.get(url).send().await.expect("an answer")).await;
    assert_eq!((got.status, got.json()["institution"].as_str()), (200, Some("01CUNY_QC")));
    let seen = scene.running.requests();
    let [RequestLog { server: LoggedServer::Alma, had_auth_header: false, status: Some(200), query, .. }] =
        seen.as_slice()
    else {
        panic!("{seen:?}")
    };
    assert!(query.contains("apikey=") && !format!("{seen:?}").contains(&scene.running.keys().alma));
}

#[tokio::test]
async fn a_read_only_key_passes_the_read_tests_and_fails_the_write_tests() {
    let scene = Scene::of("read-only-key").await;
    for area in ["/partners/operation/test", "/users/operation/test", "/conf/test"] {
        assert_eq!(scene.alma(Method::GET, area).await.status, 200, "{area}");
        let refused = scene.alma(Method::POST, area).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "UNAUTHORIZED"), "{area}");
    }
    let record = scene.running.partner("ILLiad").expect("there");
    assert_eq!(scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await.code(), "UNAUTHORIZED");
    assert_eq!(scene.alma(Method::DELETE, "/partners/ILLiad").await.code(), "UNAUTHORIZED");
    assert_eq!(scene.running.partner("ILLiad"), Some(record));
}

#[tokio::test]
async fn libraries_locations_and_desks_are_listed_without_internal_ids() {
    let scene = Scene::of("fresh").await;
    let libraries = scene.alma_get("/conf/libraries").await;
    let flagged = |code: &str| {
        let list = libraries["library"].as_array().expect("a list").clone();
        list.into_iter().find(|l| l["code"] == code).map(|l| l["resource_sharing"].clone())
    };
    assert_eq!(libraries["total_record_count"], 4);
    assert_eq!((flagged("QCRS"), flagged("QCM")), (Some(json!(true)), Some(json!(false))));
    assert_eq!(scene.alma_get("/conf/libraries/QCRS").await["name"], "Resource Sharing Library");

    let locations = scene.alma_get("/conf/libraries/QCRS/locations").await;
    let names: Vec<_> = locations["location"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|l| (l["code"].clone(), l["name"].clone()))
        .collect();
    assert!(names.contains(&(json!("IN_RS_REQ"), json!("Lending Resource Sharing Requests"))), "{names:?}");
    assert!(names.contains(&(json!("OUT_RS_REQ"), json!("Borrowing Resource Sharing Requests"))), "{names:?}");
    assert!(!locations.to_string().contains("129008500005337"), "the internal id is never shown");
    assert_eq!(
        scene.alma_get("/conf/libraries/QCRS/locations/IN_RS_REQ").await["external_name"],
        "Lending Resource Sharing Requests"
    );
}

#[tokio::test]
async fn desks_are_paged_and_what_is_missing_is_refused() {
    let scene = Scene::of("fresh").await;
    for path in ["/conf/libraries/QCRS/circ-desks", "/conf/libraries/QCRS/circ-desks/"] {
        let desks = scene.alma_get(path).await;
        assert!(
            desks["circ_desk"].as_array().expect("a list").iter().any(|d| d["name"] == "Main Service Desk"),
            "{desks}"
        );
    }
    let page = scene.alma_get("/conf/libraries/QCM/circ-desks/?limit=5&offset=10").await;
    assert_eq!((page["circ_desk"].as_array().map(Vec::len), page["total_record_count"].as_u64()), (Some(2), Some(12)));
    assert_eq!(scene.alma_get("/conf/libraries/QCRS/circ-desks/MAIN_DESK").await["name"], "Main Service Desk");
    for missing in [
        "/conf/libraries/NO",
        "/conf/libraries/NO/locations",
        "/conf/libraries/QCRS/locations/NO",
        "/conf/libraries/QCRS/circ-desks/NO",
    ] {
        assert_eq!(scene.alma(Method::GET, missing).await.status, 400, "{missing}");
    }
}

#[tokio::test]
async fn code_tables_answer_by_name_and_scope() {
    let scene = Scene::of("fresh").await;
    let described = |table: &Value, text: &str| {
        let rows = table["row"].as_array().expect("rows").clone();
        rows.into_iter().find(|r| r["description"] == text).map(|r| r["code"].clone())
    };
    let policies = scene.alma_get("/conf/code-tables/ItemPolicy?scope=QCRS&lang=en").await;
    assert_eq!(described(&policies, "RS ILL Loan"), Some(json!("RSILL")));
    assert_eq!(policies["scope"]["library_id"]["value"], "QCRS");
    let types = scene.alma_get("/conf/code-tables/PartnerSystemTypes").await;
    assert_eq!(described(&types, "ILLiad"), Some(json!("ILLIAD")));
    let identifiers = scene.alma_get("/conf/code-tables/UserIdentifierTypes").await;
    assert_eq!(described(&identifiers, "Primary Identifier"), Some(json!("userName")));
    assert_eq!(scene.alma(Method::GET, "/conf/code-tables/NoSuchTable").await.code(), "40166411");
    assert_eq!(scene.alma(Method::GET, "/conf/code-tables/ItemPolicy?scope=NO").await.code(), "40166411");

    let unlisted = Scene::of("identifier-user_name").await.alma_get("/conf/code-tables/UserIdentifierTypes").await;
    assert_eq!(described(&unlisted, "Primary Identifier"), None);
    let other = Scene::of("identifier-other").await.alma_get("/conf/code-tables/UserIdentifierTypes").await;
    assert_eq!(described(&other, "Primary Identifier"), Some(json!("PRIMARY_ID")));
    let other = Scene::of("system-type-other").await.alma_get("/conf/code-tables/PartnerSystemTypes").await;
    assert_eq!(described(&other, "ILLiad"), Some(json!("OCLC_ILLIAD")));
}

#[tokio::test]
async fn a_user_is_found_by_any_unique_identifier_or_by_the_one_asked_for() {
    let scene = Scene::of("fresh").await;
    for emplid in &scene.running.campus().sample {
        let user = scene.alma_get(&format!("/users/{emplid}?view=brief&expand=none")).await;
        assert_eq!(user["primary_id"], emplid.as_str());
        assert_eq!(user["rs_library"][0]["code"]["value"], "QCRS");
        assert_eq!(user.get("user_role"), None, "brief");
    }
    let by_barcode = scene.alma_get("/users/10000004").await;
    assert_eq!(by_barcode["primary_id"], "practice.staff", "a barcode matches too");
    assert_eq!(by_barcode["user_role"][0]["role_type"]["value"], "200");
    assert_eq!(scene.alma(Method::GET, "/users/10000004?user_id_type=primary_id").await.code(), "401890");
    assert_eq!(scene.alma(Method::GET, "/users/99999999").await.code(), "401861");
    assert_eq!(scene.alma_get("/users/10000001?expand=loans").await["loans"]["value"], 0);
}

#[tokio::test]
async fn thresholds_turn_calls_away_without_carrying_them_out() {
    // With a limit of 0 every call is refused. Counting calls per second is tested next to the counter, without a clock.
    let scene = Scene::from_toml("sentence = \"x.\"\nbased_on = \"done\"\n[alma]\ncalls_per_second = 0").await;
    let path = "/partners/ILLiad";
    let refused = scene.alma(Method::DELETE, path).await;
    assert_eq!(refused.status, 429);
    assert!(scene.running.partner("ILLiad").is_some());
    assert_eq!(refused.code(), "PER_SECOND_THRESHOLD");
    assert_eq!(refused.json()["errorList"]["error"][0].get("trackingId"), None, "the gateway gives no tracking id");

    let spent = Scene::of("daily-limit").await.alma(Method::GET, path).await;
    assert_eq!((spent.status, spent.code().as_str()), (429, "DAILY_THRESHOLD"));
    assert_eq!(spent.headers["X-Exl-Api-Remaining"], "0");
}

#[tokio::test]
async fn unknown_paths_are_the_gateways_business() {
    let scene = Scene::of("fresh").await;
    for (method, path) in
        [(Method::GET, "/conf/rota-templates"), (Method::PATCH, "/partners/ILLiad"), (Method::GET, "/bibs/1")]
    {
        let got = scene.alma(method, path).await;
        assert_eq!((got.status, got.code().as_str()), (404, "ROUTING_ERROR"), "{path}");
    }
}

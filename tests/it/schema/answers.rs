//! The simulator's answers have the shapes that the schemas define.

use crate::harness::client::Scene;
use last_resort::sim::world_names;
use serde_json::{Value, json};

use crate::schema::convert::Schema;
use crate::schema::shape::Shape;

const PARTNER: [&str; 4] = ["rest_contact_info", "rest_notes", "rest_partner", "rest_partners"];

/// Library fields that newer answers have and the schema lacks (facts/alma.md §5 and §7).
const LIBRARY_EXTRA: [&str; 3] = ["/id", "/number_of_locations", "/number_of_circ_desks"];
/// Circulation desks of a location, which others have seen in answers (facts/alma.md §7).
const LOCATION_EXTRA: [&str; 1] = ["/circ_desk"];
/// A field of recorded errors that the schema lacks (facts/alma.md §8).
const ERROR_EXTRA: [&str; 1] = ["/errorList/error/*/trackingId"];
/// Fields that the worlds plant on purpose: neither the schema nor the program knows them.
const PLANTED: [&str; 8] = [
    "/partner_details/network_group",
    "/partner_details/profile_details/ncip_details/export_retry_count",
    "/record_version",
    "/partner_details/requires_approval",
    "/partner_details/sharing_groups",
    "/partner_details/profile_details/profile_version",
    "/partner_details/profile_details/ncip_details/export_timeout_seconds",
    "/partner_details/profile_details/ncip_details/export_format",
];

impl Scene {
    async fn send(&self, call: reqwest::RequestBuilder) -> Value {
        let key = format!("apikey {}", self.running.keys().alma);
        let answer =
            call.header("Authorization", key).header("Accept", "application/json").send().await.expect("an answer");
        let text = answer.text().await.expect("a body");
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
    }

    async fn get(&self, path: &str) -> Value {
        self.send(self.client.get(format!("{}/almaws/v1{path}", self.running.alma_url()))).await
    }
}

#[track_caller]
fn fits(shape: &Shape, value: &Value, extra: &[&str]) {
    assert_eq!(shape.faults(value, extra), Vec::<String>::new());
}

#[tokio::test]
async fn partners_of_every_world_fit() {
    let schema = Schema::of(&PARTNER);
    let (one, many) = (schema.root("partner"), schema.root("partners"));
    for (world, _) in world_names() {
        if ["slow", "xml-answers", "daily-limit", "bad-alma-key"].contains(&world) {
            continue; // `slow` equals `done`, only late; `xml-answers` is not JSON; the other two return no records
        }
        let scene = Scene::of(world).await;
        let list = scene.get("/partners?limit=100").await;
        let extra: Vec<String> = PLANTED.iter().map(|at| format!("/partner/*{at}")).collect();
        assert!(list["total_record_count"].as_u64() > Some(10), "{world}");
        fits(&many, &list, &extra.iter().map(String::as_str).collect::<Vec<_>>());
        for partner in list["partner"].as_array().expect("a list") {
            let extra = if ["fresh", "done"].contains(&world) { [].as_slice() } else { PLANTED.as_slice() };
            fits(&one, partner, extra);
        }
    }
}

#[tokio::test]
async fn a_created_partner_fits() {
    let (done, fresh) = (Scene::of("done").await, Scene::of("fresh").await);
    let record = done.get("/partners/ILLiad").await;
    let url = format!("{}/almaws/v1/partners", fresh.running.alma_url());
    let created =
        fresh.send(fresh.client.post(url).header("Content-Type", "application/json").body(record.to_string())).await;
    assert_eq!(created["partner_details"]["code"], "ILLiad");
    fits(&Schema::of(&PARTNER).root("partner"), &created, &[]);
}

#[tokio::test]
async fn configuration_fits() {
    let scene = Scene::of("done").await;
    fits(&Schema::of(&["rest_general"]).root("general"), &scene.get("/conf/general").await, &[]);
    let schema = Schema::of(&["rest_library", "rest_libraries"]);
    let extra: Vec<String> = LIBRARY_EXTRA.iter().map(|at| format!("/library/*{at}")).collect();
    let libraries = scene.get("/conf/libraries").await;
    fits(&schema.root("libraries"), &libraries, &extra.iter().map(String::as_str).collect::<Vec<_>>());
    let locations = Schema::of(&["rest_location", "rest_locations"]);
    for library in libraries["library"].as_array().expect("a list") {
        let code = library["code"].as_str().expect("a code");
        fits(&schema.root("library"), &scene.get(&format!("/conf/libraries/{code}")).await, &LIBRARY_EXTRA);
        let list = scene.get(&format!("/conf/libraries/{code}/locations")).await;
        fits(&locations.root("locations"), &list, &["/location/*/circ_desk"]);
        for location in list["location"].as_array().expect("a list") {
            let path = format!("/conf/libraries/{code}/locations/{}", location["code"].as_str().expect("a code"));
            fits(&locations.root("location2"), &scene.get(&path).await, &LOCATION_EXTRA);
        }
    }
}

#[tokio::test]
async fn code_tables_fit() {
    let scene = Scene::of("done").await;
    let table = Schema::of(&["rest_code_table"]).root("code_table");
    for name in
        ["ItemPolicy", "UserIdentifierTypes", "PartnerSystemTypes", "RequestFormats", "MandatoryBorrowingWorkflowSteps"]
    {
        for scope in ["", "?scope=QCRS"] {
            let got = scene.get(&format!("/conf/code-tables/{name}{scope}")).await;
            assert!(got["row"].as_array().is_some_and(|rows| rows.len() > 2), "{got}");
            fits(&table, &got, &[]);
        }
    }
}

#[tokio::test]
async fn users_and_their_requests_fit() {
    let scene = Scene::of("done").await;
    let schema = Schema::of(&["rest_user"]);
    for query in ["", "?view=brief&expand=none", "?expand=loans,requests,fees"] {
        let user = scene.get(&format!("/users/10000001{query}")).await;
        assert_eq!(user["primary_id"], "10000001");
        fits(&schema.root("user"), &user, &[]);
    }
    let body = json!({"citation_type": {"value": "BK"}, "format": {"value": "PHYSICAL"}, "owner": "QCRS", "pickup_location": {"value": "QCRS"},
        "title": "x", "agree_to_copyright_terms": true});
    let url = format!("{}/almaws/v1/users/10000001/resource-sharing-requests", scene.running.alma_url());
    let made =
        scene.send(scene.client.post(url).header("Content-Type", "application/json").body(body.to_string())).await;
    assert!(made["request_id"].is_string(), "{made}");
    fits(&Schema::of(&["rest_user_resource_sharing_request"]).root("user_resource_sharing_request"), &made, &[]);
}

#[tokio::test]
async fn errors_fit() {
    let shape = Schema::of(&["web_service_result"]).root("web_service_result");
    let scene = Scene::of("done").await;
    for path in ["/partners/Nobody", "/users/nobody", "/conf/libraries/NO", "/nowhere"] {
        let error = scene.get(path).await;
        assert_eq!(error["errorsExist"], true);
        fits(&shape, &error, &ERROR_EXTRA);
    }
}

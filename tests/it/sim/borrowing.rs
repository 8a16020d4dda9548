//! Borrowing requests in Alma, from creation to ILLiad's queue.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::client::Scene;

const QUICK: &str = "sentence = \"x.\"\nbased_on = \"done\"\n[alma.rota]\ndelay_ms = 1\n";

fn request(title: &str) -> Value {
    json!({"citation_type": {"value": "BK"}, "format": {"value": "PHYSICAL"}, "owner": "QCRS", "pickup_location": {"value": "QCRS"},
        "title": title, "agree_to_copyright_terms": true, "external_id": "mine"})
}

/// Creates a request and waits until its rota is ready.
async fn settled(scene: &Scene, body: &Value) -> Value {
    let made = scene.alma_send(Method::POST, "/users/10000001/resource-sharing-requests", body).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["status"]["value"], &made["partner"]["value"]), (&json!("LOCATE_IN_PROCESS"), &json!("PEER-01")));
    assert_ne!(made["external_id"], "mine", "Alma assigns its own id");
    let path = format!("/users/10000001/resource-sharing-requests/{}", made["request_id"].as_str().expect("an id"));
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let now = scene.alma_get(&path).await;
        if now["status"]["value"] != "LOCATE_IN_PROCESS" {
            return now;
        }
        assert!(Instant::now() < until, "{now}");
    }
}

#[tokio::test]
async fn a_request_falls_through_to_illiad_and_its_queue() {
    let scene = Scene::from_toml(QUICK).await;
    let done = settled(&scene, &request("A last resort")).await;
    assert_eq!(
        (&done["partner"]["value"], &done["status"]["desc"]),
        (&json!("ILLiad"), &json!("Exported to third party"))
    );
    let arrived =
        scene.running.transactions().into_iter().find(|t| t["CitedIn"] == done["external_id"]).expect("arrived");
    assert!(arrived["CitedIn"].as_str().is_some_and(|c| c.starts_with("01CUNY_QC")));
    assert_eq!(
        (&arrived["TransactionStatus"], &arrived["Username"]),
        (&json!("Request Imported from Alma"), &json!("10000001"))
    );
    assert_eq!(scene.running.alma_requests()[0]["partner"]["value"], "ILLiad");
    let listed = scene.alma_get("/users/10000001/requests?request_type=RESOURCE_SHARING").await;
    assert_eq!(listed["user_request"][0]["resource_sharing"]["partner"]["value"], "ILLiad");
    let external = done["external_id"].as_str().expect("an id");
    let same =
        scene.alma_get(&format!("/users/10000001/resource-sharing-requests/{external}?request_id_type=external")).await;
    assert_eq!(same["request_id"], done["request_id"]);
}

#[tokio::test]
async fn it_does_not_where_a_link_of_the_chain_is_broken() {
    for (case, toml) in [
        ("rule disabled", "rule = \"disabled\"\n"),
        (
            "partner's URL wrong",
            "[alma.partner.set]\n\"/partner_details/profile_details/ncip_details/export_url\" = \"{illiad_url}/transactions\"\n",
        ),
        (
            "another host",
            "[alma.partner.set]\n\"/partner_details/profile_details/ncip_details/export_url\" = \"https://elsewhere.example.org/illiadwebplatform/transaction\"\n",
        ),
        (
            "key wrong",
            "[alma.partner.set]\n\"/partner_details/profile_details/ncip_details/export_api_key\" = \"old\"\n",
        ),
        (
            "no export",
            "[alma.partner.set]\n\"/partner_details/profile_details/ncip_details/export_to_third_party\" = \"NO\"\n",
        ),
        ("inactive", "[alma.partner.set]\n\"/partner_details/status\" = \"INACTIVE\"\n"),
    ] {
        let scene = Scene::from_toml(&format!("{QUICK}{toml}")).await;
        let before = scene.running.transactions().len();
        let done = settled(&scene, &request("A last resort")).await;
        assert_eq!(done["status"]["value"], "READY_TO_SEND", "{case}");
        assert_eq!(scene.running.transactions().len(), before, "{case}");
    }
    let scene = Scene::from_toml(QUICK).await;
    let mut digital = request("A scan");
    digital["format"] = json!({"value": "DIGITAL"});
    assert_eq!(settled(&scene, &digital).await["partner"]["value"], "PEER-01");
}

#[tokio::test]
async fn a_username_that_differs_makes_a_second_account_silently() {
    let scene = Scene::from_toml(&format!("{QUICK}[illiad]\nusernames = \"other\"\n")).await;
    assert_eq!(scene.illiad(Method::GET, "/Users/10000001").await.status, 404);
    assert_eq!(settled(&scene, &request("A last resort")).await["status"]["value"], "EXPORTED_TO_3RD_PARTY");
    let second = scene.illiad(Method::GET, "/Users/10000001").await.json();
    assert_eq!((&second["Status"], &second["Cleared"]), (&json!("Created via Alma"), &json!("New")));
}

#[tokio::test]
async fn requests_are_refused_as_documented() {
    let scene = Scene::from_toml(QUICK).await;
    let changed = |field: &str, value: Value| {
        let mut body = request("x");
        body[field] = value;
        body
    };
    for (user, body, code) in [
        ("10000001", changed("agree_to_copyright_terms", json!(false)), "401897"),
        ("10000001", changed("owner", Value::Null), "401607"),
        ("10000001", changed("owner", json!("QCM")), "401608"),
        ("10000001", changed("citation_type", json!("BK")), "BAD_REQUEST"),
        ("10000003", request("x"), "401768"),
        ("nobody", request("x"), "401861"),
    ] {
        let got = scene.alma_send(Method::POST, &format!("/users/{user}/resource-sharing-requests"), &body).await;
        assert_eq!((got.status, got.code().as_str()), (400, code));
    }
    assert!(scene.running.alma_requests().is_empty());
}

#[tokio::test]
async fn requests_are_made_once_and_deleted() {
    let scene = Scene::from_toml(QUICK).await;
    let id = settled(&scene, &request("Twice")).await["request_id"].as_str().expect("an id").to_owned();
    let again = scene.alma_send(Method::POST, "/users/10000001/resource-sharing-requests", &request("Twice")).await;
    assert_eq!(again.code(), "402362");
    let path = format!("/users/10000001/resource-sharing-requests/{id}");
    assert_eq!(scene.alma(Method::DELETE, &path).await.status, 204);
    assert_eq!(scene.alma_get(&path).await["status"]["value"], "DELETED");
    assert_eq!(scene.alma_get("/users/10000001/requests").await["total_record_count"], 0);
    assert_eq!(scene.alma(Method::DELETE, &format!("{path}?remove_request=true")).await.status, 204);
    assert_eq!(scene.alma(Method::DELETE, &path).await.code(), "401694");
}

#[tokio::test]
async fn a_title_the_library_owns_needs_its_block_overridden() {
    let scene = Scene::from_toml("sentence = \"x.\"\nbased_on = \"chain-self-owned\"\n").await;
    let path = "/users/10000001/resource-sharing-requests";
    let refused = scene.alma_send(Method::POST, path, &request("x")).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "401604"));
    let taken = scene.alma_send(Method::POST, &format!("{path}?override_blocks=true"), &request("x")).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
}

//! ILLiad's Web Platform API and its routing rules.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::client::{Scene, read};

/// Returns a loan request of the first sample patron.
pub(crate) fn loan(cited: &str) -> Value {
    json!({"Username": "10000001", "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": "TEST please cancel", "CitedIn": cited})
}

#[tokio::test]
async fn versions_need_no_key_and_the_secure_one_does() {
    let scene = Scene::of("done").await;
    let platform = format!("{}/SystemInfo/PlatformVersion", scene.running.illiad_url());
    let plain = read(scene.client.get(&platform).send().await.expect("an answer")).await;
    assert_eq!((plain.status, plain.text.as_str()), (200, "ILLiad Platform Version: 9.2.2.0"));
    let quoted = read(
        scene.client.get(&platform).header("Accept", "application/json; version=1").send().await.expect("an answer"),
    )
    .await;
    assert_eq!(quoted.json(), json!("ILLiad Platform Version: 9.2.2.0"));
    assert_eq!(scene.illiad(Method::GET, "/SystemInfo/APIVersion").await.json(), json!("1"));
    assert_eq!(scene.illiad(Method::GET, "/SystemInfo/SecurePlatformVersion").await.status, 200);
    assert_eq!(
        Scene::of("illiad-old").await.illiad(Method::GET, "/systeminfo/platformversion").await.json(),
        json!("ILLiad Platform Version: 9.1.0.0")
    );

    let scene = Scene::of("illiad-bad-key").await;
    let refused = scene.illiad(Method::GET, "/SystemInfo/SecurePlatformVersion").await;
    assert_eq!((refused.status, refused.text.as_str()), (401, ""));
    let offered: Vec<_> = refused.headers.get_all("WWW-Authenticate").iter().collect();
    assert_eq!(offered, ["Negotiate", "NTLM"]);
    assert_eq!(scene.illiad(Method::GET, "/SystemInfo/PlatformVersion").await.status, 200);
}

#[tokio::test]
async fn letter_case_of_the_path_does_not_matter() {
    let scene = Scene::of("done").await;
    let origin = scene.running.illiad_url().replace("/illiadwebplatform", "");
    let call = scene
        .client
        .get(format!("{origin}/ILLiadWebPlatform/USERS/10000001"))
        .header("apikey", &scene.running.keys().illiad);
    let got = read(call.send().await.expect("an answer")).await;
    assert_eq!((got.status, got.json()["UserName"].as_str()), (200, Some("10000001")));
    let elsewhere =
        read(scene.client.get(format!("{origin}/illiad/illiad.dll")).send().await.expect("an answer")).await;
    assert!(elsewhere.status == 404 && elsewhere.text.contains("<html>"));
}

#[tokio::test]
async fn users_are_found_by_name_and_by_the_mapped_field() {
    let done = Scene::of("done").await;
    let user = done.illiad(Method::GET, "/Users/10000002").await.json();
    assert_eq!(
        (user["UserName"].as_str(), user["NVTGC"].as_str(), user["Cleared"].as_str()),
        (Some("10000002"), Some("ILL"), Some("Yes"))
    );
    assert_eq!(done.illiad(Method::GET, "/Users/ExternalUserId/10000002").await.json(), user);
    let missing = done.illiad(Method::GET, "/Users/Nobody%20Here").await;
    assert_eq!((missing.status, missing.json()), (404, json!({"Message": "User Nobody Here was not found."})));

    let mapping = Scene::of("illiad-mapping").await;
    assert_eq!(mapping.illiad(Method::GET, "/Users/10000001").await.status, 200);
    assert_eq!(mapping.illiad(Method::GET, "/Users/ExternalUserId/10000001").await.status, 404);
    let differ = Scene::of("usernames-differ").await;
    assert_eq!(differ.illiad(Method::GET, "/Users/10000001").await.status, 404);
    assert_eq!(differ.illiad(Method::GET, "/Users/ExternalUserId/10000001").await.status, 404);
    assert_eq!(differ.illiad(Method::GET, "/Users/practicepatron1").await.status, 200);
}

#[tokio::test]
async fn users_are_created_once_and_start_uncleared() {
    let scene = Scene::of("fresh").await;
    let created = scene
        .illiad_send(
            Method::POST,
            "/Users",
            &json!({"UserName": "newcomer", "NVTGC": "ILL", "Status": "Created via Alma"}),
        )
        .await;
    assert_eq!((created.status, created.json()["Cleared"].as_str()), (200, Some("New")));
    let again = scene.illiad_send(Method::POST, "/Users", &json!({"UserName": "NEWCOMER"})).await;
    assert_eq!(
        (again.status, again.json()["ModelState"].clone()),
        (400, json!({"UserName": ["Username NEWCOMER already exists."]}))
    );
    let nameless = scene.illiad_send(Method::POST, "/Users", &json!({"NVTGC": "ILL"})).await;
    assert_eq!((nameless.status, nameless.json()["Message"].as_str()), (400, Some("The request is invalid.")));
}

#[tokio::test]
async fn a_loan_from_alma_is_routed_inside_the_post_and_another_is_not() {
    let scene = Scene::of("done").await;
    let made = scene.illiad_send(Method::POST, "/Transaction", &loan("01CUNY_QC-probe")).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let made = made.json();
    assert_eq!(made["TransactionStatus"], "Request Imported from Alma");
    assert_eq!(
        (&made["LendingString"], &made["SystemID"], &made["Rush"]),
        (&Value::Null, &json!("OCLC"), &json!("Regular"))
    );
    assert!(made.as_object().expect("an object").len() > 115, "the whole transaction");
    let number = &made["TransactionNumber"];
    assert_eq!(scene.illiad(Method::GET, &format!("/Transaction/{number}")).await.json(), made);
    let other = scene.illiad_send(Method::POST, "/Transaction", &loan("elsewhere")).await.json();
    assert_eq!(other["TransactionStatus"], "Awaiting Request Processing");
    let mut article = loan("01CUNY_QC-article");
    article["RequestType"].take();
    article.as_object_mut().expect("an object").shift_remove("RequestType");
    assert_eq!(
        scene.illiad_send(Method::POST, "/Transaction", &article).await.json()["TransactionStatus"],
        "Awaiting Copyright Clearance"
    );
    let unrouted =
        Scene::of("fresh").await.illiad_send(Method::POST, "/Transaction", &loan("01CUNY_QC-probe")).await.json();
    assert_eq!(unrouted["TransactionStatus"], "Awaiting Request Processing");
}

#[tokio::test]
async fn a_form_encoded_body_is_taken_too() {
    let scene = Scene::of("done").await;
    let call =
        scene.illiad_call(Method::POST, "/Transaction").header("Content-Type", "application/x-www-form-urlencoded");
    let got = read(
        call.body("ProcessType=Borrowing&RequestType=Loan&ExternalUserId=10000001&CitedIn=01CUNY_QC1")
            .send()
            .await
            .expect("an answer"),
    )
    .await;
    assert_eq!((got.status, got.json()["Username"].as_str()), (200, Some("10000001")));
}

#[tokio::test]
async fn what_illiad_cannot_take_is_refused_by_field() {
    let scene = Scene::of("done").await;
    let count = scene.running.transactions().len();
    let with = |field: &str, value: Value| {
        let mut body = loan("01CUNY_QC1");
        body[field] = value;
        body
    };
    for (body, key) in [
        (with("LoanTitle", json!("x".repeat(256))), "LoanTitle"),
        (with("LoanAuthor", json!("x".repeat(101))), "LoanAuthor"),
        (with("ProcessType", Value::Null), "model.ProcessType"),
        (with("Username", json!("nobody")), "model.Username"),
        (with("Username", Value::Null), "model"),
    ] {
        let got = scene.illiad_send(Method::POST, "/Transaction", &body).await;
        assert_eq!(got.status, 400, "{key}");
        assert!(got.json()["ModelState"][key][0].is_string(), "{key}: {}", got.text);
    }
    assert_eq!(scene.running.transactions().len(), count, "nothing was made");
    assert_eq!(
        scene.illiad_send(Method::POST, "/Transaction", &with("CitedIn", json!("x".repeat(5000)))).await.status,
        200,
        "CitedIn has no length limit"
    );
}

#[tokio::test]
async fn a_patrons_requests_are_ordered_and_paged() {
    let scene = Scene::of("done").await;
    for i in 0..4 {
        scene.illiad_send(Method::POST, "/Transaction", &loan(&format!("token-{i}"))).await;
    }
    let query = async |pairs: &[(&str, &str)]| {
        let call = scene.illiad_call(Method::GET, "/Transaction/UserRequests/10000001").query(pairs);
        let got = read(call.send().await.expect("an answer")).await;
        assert_eq!(got.status, 200, "{}", got.text);
        got.json()
            .as_array()
            .expect("a list")
            .iter()
            .map(|t| t["CitedIn"].as_str().unwrap_or("-").to_owned())
            .collect::<Vec<_>>()
    };
    let all = query(&[]).await;
    assert_eq!(all.len(), 6);
    assert!(all.iter().any(|cited| cited == "01CUNY_QC0001234"), "real traffic has come through: {all:?}");
    let page = query(&[("$orderby", "TransactionNumber desc"), ("$skip", "1"), ("$top", "2")]).await;
    assert_eq!(page, ["token-2", "token-1"]);
    let bad =
        scene.illiad_call(Method::GET, "/Transaction/UserRequests/10000001").query(&[("$filter", "CitedIn like 'x'")]);
    assert_eq!(read(bad.send().await.expect("an answer")).await.status, 400);
    assert_eq!(scene.illiad(Method::GET, "/Transaction/UserRequests/nobody").await.status, 404);
}

#[tokio::test]
async fn a_request_is_cancelled_and_noted() {
    let scene = Scene::of("done").await;
    let number =
        scene.illiad_send(Method::POST, "/Transaction", &loan("01CUNY_QC1")).await.json()["TransactionNumber"].clone();
    for spelling in ["notes", "Note"] {
        let note = scene
            .illiad_send(
                Method::POST,
                &format!("/Transaction/{number}/{spelling}"),
                &json!({"Note": "made by a check", "NoteType": "Staff"}),
            )
            .await;
        assert_eq!((note.status, note.json()["TransactionNumber"].clone()), (200, number.clone()));
    }
    assert_eq!(
        scene
            .illiad_send(Method::POST, &format!("/Transaction/{number}/histories"), &json!({"Entry": "x"}))
            .await
            .status,
        200
    );
    let routed = scene
        .illiad_send(Method::PUT, &format!("/Transaction/{number}/route"), &json!({"Status": "Cancelled by ILL Staff"}))
        .await;
    assert_eq!(routed.json()["TransactionStatus"], "Cancelled by ILL Staff");
    let now = scene.running.transactions().into_iter().find(|t| t["TransactionNumber"] == number).expect("there");
    assert_eq!(now["TransactionStatus"], "Cancelled by ILL Staff");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let scene = Scene::of("done").await;
    assert_eq!(scene.illiad(Method::GET, "/Transaction/1").await.status, 404);
    assert_eq!(scene.illiad_send(Method::PUT, "/Transaction/1/route", &json!({"Status": "x"})).await.status, 404);
    assert_eq!(scene.illiad(Method::GET, "/DisplayStatus").await.status, 200);
    assert_eq!(scene.illiad(Method::GET, "/Routing").await.status, 404, "the API gives no access to the routing table");
}

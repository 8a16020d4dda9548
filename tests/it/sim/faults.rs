//! Each kind of fault does what it says on the network, and only where it should.

use std::time::{Duration, Instant};

use last_resort::sim::LoggedServer;
use last_resort::sim::{BodyKind, Fault, FaultKind};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::client::Scene;

const GENERAL: &str = "/conf/general";

/// Serves the world `done` with a fault on every request to Alma.
async fn with(kind: FaultKind) -> Scene {
    let scene = Scene::of("done").await;
    scene.running.set_fault(Fault::new(kind).server(LoggedServer::Alma));
    scene
}

/// Faults that answer in place of carrying the request out, with the status and a part of the body.
fn stand_ins() -> [(FaultKind, u16, &'static str); 8] {
    [
        (FaultKind::Status { code: 503, body: BodyKind::Html }, 503, "<html>"),
        (FaultKind::Status { code: 500, body: BodyKind::Json }, 500, "\"errorsExist\":true"),
        (FaultKind::Status { code: 500, body: BodyKind::Xml }, 500, "<errorsExist>true"),
        (FaultKind::Status { code: 502, body: BodyKind::Empty }, 502, ""),
        (FaultKind::Html, 200, "<html>"),
        (FaultKind::Empty, 200, ""),
        (FaultKind::Redirect("https://elsewhere.example.org/".into()), 302, "moved"),
        (FaultKind::Huge(3_000_000), 200, "{\"padding\":\"xxx"),
    ]
}

#[tokio::test]
async fn stand_ins_answer_without_carrying_anything_out() {
    for (kind, status, has) in stand_ins() {
        let scene = with(kind.clone()).await;
        let got = scene.alma(Method::DELETE, "/partners/ILLiad").await;
        assert_eq!(got.status, status, "{kind:?}");
        assert!(got.text.contains(has), "{kind:?}: {:.200}", got.text);
        match kind {
            FaultKind::Redirect(to) => assert_eq!(got.headers["Location"], to.as_str()),
            FaultKind::Huge(bytes) => assert_eq!(got.text.len() as u64, bytes),
            _ => {}
        }
        assert!(scene.running.partner("ILLiad").is_some(), "nothing was carried out");
        assert_eq!(scene.illiad(Method::GET, "/Users/10000001").await.status, 200, "the other server is unaffected");
    }
}

#[tokio::test]
async fn after_a_write_the_answer_may_lie_or_never_come() {
    let scene = with(FaultKind::ServerErrorAfterWrite).await;
    assert_eq!(scene.alma(Method::DELETE, "/partners/ILLiad").await.status, 500);
    assert!(scene.running.partner("ILLiad").is_none());

    let scene = with(FaultKind::ResetAfterWrite).await;
    let error = scene.alma_call(Method::DELETE, "/partners/ILLiad").send().await.expect_err("a reset");
    assert!(!error.is_timeout());
    assert!(scene.running.partner("ILLiad").is_none());

    let scene = with(FaultKind::HangAfterWrite).await;
    let call = tokio::spawn(scene.alma_call(Method::DELETE, "/partners/ILLiad").send());
    let until = Instant::now() + Duration::from_secs(20);
    while scene.running.partner("ILLiad").is_some() {
        assert!(Instant::now() < until, "carried out");
        tokio::task::yield_now().await;
    }
    let late = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(late.is_err(), "no answer arrives");
    let statuses: Vec<_> = scene.running.requests().iter().map(|seen| seen.status).collect();
    assert_eq!(statuses, [None]);
}

#[tokio::test]
async fn connections_hang_and_are_reset() {
    let scene = with(FaultKind::Hang).await;
    let call = scene.alma_call(Method::DELETE, "/partners/ILLiad").timeout(Duration::from_millis(300)).send();
    assert!(call.await.expect_err("no answer arrives").is_timeout());
    assert!(scene.running.partner("ILLiad").is_some());

    let scene = with(FaultKind::Reset).await;
    let error = scene.alma_call(Method::GET, GENERAL).send().await.expect_err("a reset");
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    let mut kinds = Vec::new();
    while let Some(error) = cause {
        kinds.extend(error.downcast_ref::<std::io::Error>().map(std::io::Error::kind));
        cause = error.source();
    }
    assert_eq!(kinds, [std::io::ErrorKind::ConnectionReset]);
}

#[tokio::test]
async fn answers_come_late_and_drip() {
    let scene = with(FaultKind::Delay(250)).await;
    let start = Instant::now();
    assert_eq!(scene.alma(Method::GET, GENERAL).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(250));
    let scene = with(FaultKind::Drip(2)).await;
    let start = Instant::now();
    let got = scene.alma(Method::GET, GENERAL).await;
    assert_eq!(got.json()["environment_type"], "sandbox");
    assert!(start.elapsed() >= Duration::from_millis(2 * got.text.len() as u64));
}

#[tokio::test]
async fn bodies_are_spoiled() {
    let whole = Scene::of("done").await.alma(Method::GET, GENERAL).await.text.len();
    let response = with(FaultKind::Truncated).await.alma_call(Method::GET, GENERAL).send().await.expect("a start");
    assert!(response.content_length().is_some_and(|promised| promised + 10 > whole as u64));
    assert!(response.bytes().await.is_err(), "the answer is cut off");

    let half = with(FaultKind::HalfBody).await.alma(Method::GET, GENERAL).await;
    assert!(half.status == 200 && serde_json::from_str::<Value>(&half.text).is_err() && half.text.len() < whole);

    let response = with(FaultKind::InvalidUtf8).await.alma_call(Method::GET, GENERAL).send().await.expect("an answer");
    let bytes = response.bytes().await.expect("a body");
    assert!(std::str::from_utf8(&bytes).is_err() && bytes.starts_with(b"{"));

    let xml = with(FaultKind::Xml).await.alma(Method::GET, GENERAL).await;
    assert!(xml.text.contains("<environment_type>sandbox</environment_type>"));

    let missing = with(FaultKind::ErrorIn200).await.alma(Method::GET, "/partners/Nobody").await;
    assert_eq!((missing.status, missing.code().as_str()), (200, "402118"));
}

#[tokio::test]
async fn escape_sequences_stand_in_texts_and_messages() {
    let scene = with(FaultKind::EscapeSequences).await;
    scene.running.set_fault(Fault::new(FaultKind::EscapeSequences).server(LoggedServer::Illiad));
    let general = scene.alma_get(GENERAL).await;
    assert_eq!(general["institution"]["value"], "01CUNY_QC");
    assert!(general["institution"]["desc"].as_str().is_some_and(|d| d.starts_with("Queens College\u{1b}[31m")));
    let missing = scene.alma(Method::GET, "/partners/Nobody").await.json();
    assert!(missing["errorList"]["error"][0]["errorMessage"].as_str().is_some_and(|m| m.contains('\u{1b}')));
    let nobody = scene.illiad(Method::GET, "/Users/nobody").await.json();
    assert!(nobody["Message"].as_str().is_some_and(|m| m.contains('\u{9b}') && m.contains('\u{202e}')));
}

#[tokio::test]
async fn a_passing_429_passes() {
    let scene = Scene::of("done").await;
    scene.running.set_fault(Fault::new(FaultKind::TooManyPerSecond(2)).server(LoggedServer::Alma).method("PUT"));
    let record = scene.running.partner("ILLiad").expect("there");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        assert_eq!(scene.alma(Method::GET, GENERAL).await.status, 200);
        statuses.push(scene.alma_send(Method::PUT, "/partners/ILLiad", &record).await.status);
    }
    assert_eq!(statuses, [429, 429, 200]);
}

#[tokio::test]
async fn faults_strike_the_nth_request_and_can_be_cleared() {
    let scene = Scene::of("done").await;
    let fault = Fault::new(FaultKind::Empty).path("/almaws/v1/conf/general").nth(2);
    scene.running.set_fault(fault);
    let mut texts = Vec::new();
    for _ in 0..3 {
        assert_eq!(scene.alma(Method::GET, "/conf/libraries").await.status, 200);
        texts.push(scene.alma(Method::GET, GENERAL).await.text.is_empty());
    }
    assert_eq!(texts, [false, true, false]);
    scene.running.set_fault(Fault::new(FaultKind::Html).first(100));
    assert!(scene.alma(Method::GET, GENERAL).await.text.contains("<html>"));
    scene.running.clear_faults();
    assert_eq!(scene.alma(Method::GET, GENERAL).await.json()["environment_type"], "sandbox");
}

#[tokio::test]
async fn faults_can_stand_in_a_worlds_file() {
    let scene = Scene::from_toml(
        "sentence = \"x.\"\n[[fault]]\nserver = \"illiad\"\nmethod = \"GET\"\npath_prefix = \"/illiadwebplatform/users/\"\nnth = 1\n\
         kind = { status = { code = 500, body = \"json\" } }\n[[fault]]\nserver = \"alma\"\nkind = \"escape-sequences\"\n",
    )
    .await;
    let down = scene.illiad(Method::GET, "/Users/10000001").await;
    assert_eq!((down.status, down.json()["Message"].is_string()), (500, true));
    assert_eq!(scene.illiad(Method::GET, "/Users/10000001").await.status, 200);
    assert!(scene.alma(Method::GET, GENERAL).await.text.contains("\\u001b[31m"));
}

#[tokio::test]
async fn every_request_is_remembered_with_what_was_answered() {
    let scene = Scene::of("done").await;
    scene.alma(Method::GET, "/partners/ILLiad?x=1").await;
    scene.illiad_send(Method::POST, "/Users", &json!({})).await;
    let open = scene.client.get(format!("{}/SystemInfo/PlatformVersion", scene.running.illiad_url()));
    open.send().await.expect("an answer");
    let seen = scene.running.requests();
    let shown: Vec<_> = seen
        .iter()
        .map(|s| (s.server, s.method.as_str(), s.path.as_str(), s.query.as_str(), s.status, s.had_auth_header))
        .collect();
    assert_eq!(
        shown,
        [
            (LoggedServer::Alma, "GET", "/almaws/v1/partners/ILLiad", "x=1", Some(200), true),
            (LoggedServer::Illiad, "POST", "/illiadwebplatform/Users", "", Some(400), true),
            (LoggedServer::Illiad, "GET", "/illiadwebplatform/SystemInfo/PlatformVersion", "", Some(200), false),
        ]
    );
    assert!(seen.is_sorted_by_key(|s| s.at));
    let told = format!("{seen:?}");
    assert!(!told.contains(&scene.running.keys().alma) && !told.contains(&scene.running.keys().illiad));
}

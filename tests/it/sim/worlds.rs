//! Every world loads, can be served, and matches its description.

use std::time::{Duration, Instant};

use last_resort::sim::{World, world_names};
use reqwest::Method;
use serde_json::Value;

use crate::harness::client::{NCIP, Scene};

/// The names of all worlds, which other tests rely on.
const NAMES: [&str; 71] = [
    "all-profiles",
    "bad-alma-key",
    "chain-500-after-write",
    "chain-key-masked",
    "chain-not-exported",
    "chain-rule-disabled",
    "chain-self-owned",
    "chain-slow-rota",
    "chain-tag-wrong",
    "code-in-other-case",
    "codes-accepted",
    "daily-limit",
    "done",
    "drifted",
    "earlier-illiad",
    "error-in-200",
    "export-key-refused",
    "far",
    "fresh",
    "identifier-other",
    "identifier-user_name",
    "ids-only",
    "ids-unknown",
    "illiad-bad-key",
    "illiad-down",
    "illiad-mapping",
    "illiad-old",
    "illiad-sign-in",
    "keeps-something-else",
    "key-in-clear",
    "key-left-out",
    "key-masked",
    "library-not-flagged",
    "location-refused",
    "many-patrons",
    "masked-value",
    "missing-keys",
    "newer-fields",
    "no-configuration-area",
    "no-resource-sharing-library",
    "nulls",
    "one-profile",
    "patrons-accounts",
    "per-second-limit",
    "probe-500-after-write",
    "probe-blocked",
    "probe-broken-rule-first",
    "probe-cancel-fails",
    "probe-catches-all",
    "probe-copyright",
    "probe-gone",
    "probe-other-queue",
    "probe-other-spelling",
    "probe-ready",
    "probe-reset-after-write",
    "probe-routing-off",
    "probe-rule-inactive",
    "read-only-key",
    "rota-rules-add-up",
    "rota-rules-first-match",
    "routing-later",
    "rows-wrapped",
    "shows-writes-late",
    "slow",
    "system-type-other",
    "two-of-a-name",
    "usernames-differ",
    "write-then-500",
    "wrong-campus-key",
    "wrong-environment-key",
    "xml-answers",
];

#[test]
fn the_worlds_are_these_and_sorted() {
    let names: Vec<_> = world_names().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, NAMES);
    for (name, sentence) in world_names() {
        let world = World::embedded(name).expect("embedded");
        assert_eq!((world.name(), world.sentence()), (name, sentence));
    }
}

#[tokio::test]
async fn every_world_serves_general_or_the_fault_it_promises() {
    for name in NAMES {
        let scene = Scene::of(name).await;
        let got = scene.alma(Method::GET, "/conf/general").await;
        let expected = match name {
            "bad-alma-key" => (403, "INVALID_REQUEST"),
            "no-configuration-area" => (400, "UNAUTHORIZED"),
            "daily-limit" => (429, "DAILY_THRESHOLD"),
            _ => (200, ""),
        };
        assert_eq!((got.status, got.code().as_str()), expected, "{name}");
        if got.status != 200 {
            continue;
        }
        if name == "xml-answers" {
            assert!(got.text.contains("<institution desc=\"Queens College\">01CUNY_QC</institution>"), "{}", got.text);
            continue;
        }
        let body = got.json();
        let campus = if name == "wrong-campus-key" { "01CUNY_BC" } else { "01CUNY_QC" };
        let environment = if name == "wrong-environment-key" { "production" } else { "sandbox" };
        assert_eq!(
            (body["institution"]["value"].as_str(), body["environment_type"].as_str()),
            (Some(campus), Some(environment)),
            "{name}"
        );
    }
}

#[tokio::test]
async fn every_world_hands_out_the_campus_and_addresses_it_serves() {
    for name in NAMES {
        let scene = Scene::of(name).await;
        let campus = scene.running.campus();
        assert_eq!(
            (campus.institution.as_str(), campus.library.as_str(), campus.sample.len()),
            ("01CUNY_QC", "QCRS", 2),
            "{name}"
        );
        assert!(
            scene.running.illiad_url().starts_with("http://127.0.0.1:")
                && scene.running.illiad_url().ends_with("/illiadwebplatform")
        );
        let Some(partner) = scene.running.partner("ILLiad") else {
            continue;
        };
        let url = partner.pointer(&format!("{NCIP}/export_url")).and_then(Value::as_str).expect("a URL");
        let right = format!("{}/transaction", scene.running.illiad_url());
        assert!(url == right || url == format!("{right}s"), "{name}: {url}");
    }
}

#[tokio::test]
async fn presence_of_the_partner_follows_the_world_it_is_based_on() {
    for (name, there) in [
        ("fresh", false),
        ("done", true),
        ("drifted", true),
        ("location-refused", false),
        ("key-masked", true),
        ("slow", true),
    ] {
        assert_eq!(Scene::of(name).await.running.partner("ILLiad").is_some(), there, "{name}");
    }
}

#[tokio::test]
async fn drifted_departs_from_done_in_nine_values_and_no_more() {
    let (done, drifted) = (Scene::of("done").await, Scene::of("drifted").await);
    let record = |scene: &Scene| scene.running.partner("ILLiad").expect("there");
    let (right, wrong) = (record(&done), record(&drifted));
    let differing = |at: &str| {
        let (right, wrong) = (right.pointer(at).expect("there"), wrong.pointer(at).expect("there"));
        let names = right.as_object().expect("an object").iter();
        let wrong = |(name, value): &(&String, &Value)| *name != "profile_details" && &wrong[name.as_str()] != *value;
        names.filter(wrong).map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(differing("/partner_details"), ["name", "avg_supply_time", "lending_supported"]);
    assert_eq!(
        differing(NCIP),
        [
            "check_out_location",
            "check_out_item_policy",
            "accept_item_location",
            "export_url",
            "close_request_on_export",
            "delivery_method"
        ]
    );
    let ncip = |record: &Value, field: &str| record.pointer(&format!("{NCIP}/{field}")).cloned();
    assert_eq!(ncip(&wrong, "check_out_location"), ncip(&right, "accept_item_location"), "swapped");
    assert_eq!(ncip(&wrong, "accept_item_location"), ncip(&right, "check_out_location"), "swapped");
    assert_eq!(wrong["note"].as_array().map(Vec::len), Some(1));
    assert_eq!(wrong["contact_info"]["address"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn illiad_is_down_behind_a_sign_in_or_slow() {
    let down = Scene::of("illiad-down").await.illiad(Method::GET, "/SystemInfo/PlatformVersion").await;
    assert!(down.status == 503 && down.text.contains("<html>"));
    let scene = Scene::of("illiad-sign-in").await;
    let redirected = scene.illiad(Method::GET, "/SystemInfo/PlatformVersion").await;
    let origin = scene.running.illiad_url().replace("/illiadwebplatform", "");
    assert_eq!(
        (redirected.status, redirected.headers["Location"].to_str().ok()),
        (302, Some(format!("{origin}/login?url=illiad").as_str()))
    );
    let start = Instant::now();
    Scene::of("slow").await.illiad(Method::GET, "/SystemInfo/PlatformVersion").await;
    assert!(start.elapsed() >= Duration::from_millis(1500));
}

#[tokio::test]
async fn the_resource_sharing_library_is_missing_or_unflagged() {
    assert_eq!(
        Scene::of("no-resource-sharing-library").await.alma(Method::GET, "/conf/libraries/QCRS").await.status,
        400
    );
    assert_eq!(
        Scene::of("library-not-flagged").await.alma_get("/conf/libraries/QCRS").await["resource_sharing"],
        false
    );
}

#[tokio::test]
async fn the_servers_stop_when_dropped() {
    let Scene { running, client } = Scene::of("done").await;
    let url = format!("{}/SystemInfo/PlatformVersion", running.illiad_url());
    assert_eq!(client.get(&url).send().await.expect("an answer").status(), 200);
    drop(running);
    let until = Instant::now() + Duration::from_secs(20);
    while client.get(&url).send().await.is_ok() {
        assert!(Instant::now() < until, "still serving");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_is_shared_between_threads_can_be_and_prints_no_key() {
    fn shared<T: Send + Sync + std::fmt::Debug>(value: &T) -> String {
        format!("{value:?}")
    }
    let scene = Scene::of("done").await;
    let keys = scene.running.keys();
    let world = World::embedded("done").expect("embedded");
    let told = [shared(&scene.running), shared(keys), shared(&world)].concat();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        assert!(key.len() == 36 && !told.contains(key.as_str()), "{told}");
    }
}

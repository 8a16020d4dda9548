//! A refusal does not say that nothing was created, nor a list that a request is where it should be.
use crate::prove::bench::{PATRON, Place};
use last_resort::drive::BorrowingSource;
use last_resort::engine::journal::{ProbeEnd, ProofScope, ProofStatus};
use last_resort::recipe::StepId;
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};
use serde_json::json;

const CREATE: &str = "/illiadwebplatform/Transaction";

const QUICK: &str = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n";

fn on_create(kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("POST").path(CREATE)
}

fn on_illiad_get(path: &str, kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("GET").path_prefix(&format!("{CREATE}/{path}"))
}

fn on_alma_create(kind: FaultKind) -> Fault {
    let path = format!("/almaws/v1/users/{PATRON}/resource-sharing-requests");
    Fault::new(kind).server(LoggedServer::Alma).method("POST").path(&path)
}

#[tokio::test]
async fn a_creation_that_illiad_refused_is_looked_for() {
    for code in [400, 401, 403, 404, 405] {
        let place = Place::in_world("probe-ready").await;
        place.sim.set_fault(on_create(FaultKind::RefusalAfterWrite(code)));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{code}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{code}: {}", place.told());
        assert_eq!(place.tests_in_illiad().len(), 2, "{code}");
        place.assert_nothing_left(&code.to_string());
    }
}

#[tokio::test]
async fn a_creation_that_was_refused_and_not_found_is_looked_for_again() {
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_create(FaultKind::Status { code: 404, body: BodyKind::Json }));
    let ran = place.probe().await.expect("tried");
    let failure = ran.failure.expect("not created");
    assert!(!failure.what.contains("does not know it"), "{failure}");
    assert_eq!(ran.made[0].illiad.end, Some(ProbeEnd::NotFound));
    let before = place.sim.requests().len();
    let cleaned = place.clean().await.expect("looked");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None));
    assert!(place.sim.requests()[before..].iter().any(|seen| seen.path.contains("UserRequests")));
    let late: Vec<String> = cleaned.late.iter().map(|one| one.token.to_string()).collect();
    assert_eq!(late, [ran.made[0].token.to_string()], "it may still arrive");
}

#[tokio::test]
async fn a_creation_that_alma_refused_is_looked_for() {
    for code in [400, 401, 403, 404] {
        let place = Place::in_world_of(QUICK).await;
        place.sim.set_fault(on_alma_create(FaultKind::RefusalAfterWrite(code)));
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{code}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{code}: {}", place.told());
        assert_eq!(place.sim.alma_requests().len(), 1, "{code}");
        place.assert_nothing_left(&code.to_string());
    }
    let place = Place::in_world_of(QUICK).await;
    place.sim.set_fault(on_alma_create(FaultKind::Status { code: 400, body: BodyKind::Json }));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("tried");
    assert_eq!((&ran.made[0].alma.end, ran.left.len()), (&Some(ProbeEnd::NotFound), 0), "{}", place.told());
}

/// The list gives our request another one's number, which leads to that other one.
#[tokio::test]
async fn an_export_that_only_the_list_shows_proves_nothing() {
    let place = Place::in_world_of(QUICK).await;
    let other = FaultKind::AnotherValue { at: "/0/TransactionNumber".to_owned(), to: json!(410_001) };
    place.sim.set_fault(on_illiad_get(&format!("UserRequests/{PATRON}"), other));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let showed = ran.proof_result().expect("shown");
    assert_eq!((ran.outcome(), showed.shows), (Some("unread"), ProofStatus::Unclear), "{}", place.told());
    let seen = place.seen(&[StepId::Prove]).await;
    assert!(seen.journal.proofs.iter().all(|proof| proof.showed.half != ProofScope::Chain));
}

#[tokio::test]
async fn a_status_that_only_the_list_shows_proves_nothing() {
    let place = Place::in_world("probe-routing-off").await;
    let routed =
        FaultKind::AnotherValue { at: "/0/TransactionStatus".to_owned(), to: json!("Request Imported from Alma") };
    place.sim.set_fault(on_illiad_get(&format!("UserRequests/{PATRON}"), routed));
    place.sim.set_fault(on_create(FaultKind::ResetAfterWrite));
    place.sim.set_fault(on_illiad_get("41", FaultKind::Status { code: 503, body: BodyKind::Html }));
    let ran = place.probe().await.expect("ran");
    let showed = ran.proof_result().expect("shown");
    assert_eq!((ran.outcome(), showed.shows), (Some("still_waiting"), ProofStatus::Waiting), "{}", showed.words);
    assert!(showed.words.contains("could not be read"), "{}", showed.words);
}

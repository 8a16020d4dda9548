//! Nothing is called cancelled, gone or proved that was not seen to be: requests made twice, numbers that are not found but
//! listed, other end statuses, exports that come late, and a journal with damage.
use crate::prove::bench::{PATRON, Place};
use last_resort::drive::BorrowingSource;
use last_resort::engine::journal::{ProbeEnd, ProofResult};
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use serde_json::{Value, json};

const CREATE: &str = "/illiadwebplatform/Transaction";

fn quick() -> &'static str {
    "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n"
}

fn on_illiad(method: &str, prefix: &str, kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method(method).path_prefix(&format!("{CREATE}/{prefix}"))
}

fn another(at: &str, to: Value) -> FaultKind {
    FaultKind::AnotherValue { at: at.to_owned(), to }
}

/// A world in which a proof could cancel neither the probe nor its twin.
pub(crate) async fn with_two_left() -> Place {
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_illiad("PUT", "41", FaultKind::Reset));
    let ran = place.probe().await.expect("ran");
    assert_eq!(ran.left.len(), 2, "{}", place.told());
    place.sim.clear_faults();
    place
}

/// Sends the POST of every test request again, as a gateway would that repeats it.
pub(crate) async fn repeat_the_posts(place: &Place) {
    for one in place.tests_in_illiad() {
        let again = json!({"Username": PATRON, "ProcessType": "Borrowing", "RequestType": "Loan",
            "LoanTitle": one["LoanTitle"], "CitedIn": one["CitedIn"]});
        place.create_in_illiad(&again).await;
    }
}

#[tokio::test]
async fn every_request_with_the_token_is_cancelled_or_named() {
    let place = with_two_left().await;
    repeat_the_posts(&place).await;
    place.sim.set_fault(on_illiad("PUT", "410005", FaultKind::Reset));
    let cleaned = place.clean().await.expect("tried");
    let failure = cleaned.failure.expect("one is left");
    assert!(failure.what.contains("410005"), "{failure}");
    let left: Vec<&str> = cleaned.left.iter().filter_map(|one| one.illiad.number.as_deref()).collect();
    assert_eq!(left, ["410005"], "{}", place.told());
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    assert_eq!(place.tests_in_illiad().len(), 4);
    place.assert_nothing_left("repeated");
}

#[tokio::test]
async fn nothing_is_called_cancelled_before_the_list_was_read() {
    let place = with_two_left().await;
    let list = format!("UserRequests/{PATRON}");
    place.sim.set_fault(on_illiad("GET", &list, FaultKind::Html));
    let cleaned = place.clean().await.expect("tried");
    assert_eq!(cleaned.left.len(), 2, "{}", place.told());
    assert!(cleaned.failure.is_some_and(|failure| failure.what.contains("may be another request with its token")));
}

#[tokio::test]
async fn a_number_that_is_not_found_but_listed_is_not_gone() {
    let place = with_two_left().await;
    place.sim.set_fault(on_illiad("GET", "41", FaultKind::AnswerOf(format!("{CREATE}/999999"))));
    let cleaned = place.clean().await.expect("tried");
    assert_eq!((cleaned.ended.len(), cleaned.left.len()), (0, 2), "{}", place.told());
    assert!(cleaned.failure.is_some_and(|failure| failure.what.contains("is in the test patron's list")));
    assert!(!place.told().contains("no longer in ILLiad"), "{}", place.told());
    place.sim.clear_faults();
    place.clean().await.expect("cleaned");
    place.assert_nothing_left("cleaned");
}

#[tokio::test]
async fn only_the_status_that_we_route_to_counts_as_cancelled_by_us() {
    for status in ["Cancelled pending staff review", "Cancelled by Customer"] {
        let place = Place::in_world("probe-ready").await;
        place.sim.set_fault(on_illiad("GET", "41", another("/TransactionStatus", json!(status))));
        let ran = place.probe().await.expect("ran");
        assert_eq!(ran.left.len(), 2, "{status}: {}", place.told());
        assert!(ran.failure.is_some_and(|failure| failure.what.contains(status)), "{status}");
    }
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_illiad("GET", "41", another("/TransactionStatus", json!("Request Finished"))));
    let ran = place.probe().await.expect("ran");
    assert_eq!((ran.left.len(), ran.failure.clone()), (0, None), "{}", place.told());
    let finished = Some(ProbeEnd::Finished("Request Finished".to_owned()));
    assert!(ran.made.iter().all(|one| one.illiad.end == finished), "{ran:?}");
    let words = &ran.proof_result().expect("shown").words;
    assert!(!words.contains("cancelled now"), "{words}");
}

#[tokio::test]
async fn an_export_that_shows_late_is_looked_for_again() {
    let place = Place::in_world_of(quick()).await;
    let list = format!("UserRequests/{PATRON}");
    place.sim.set_fault(on_illiad("GET", &list, FaultKind::FirstRows(0)));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!((ran.outcome(), ran.left.len()), (Some("not_found"), 0), "{}", place.told());
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.ended.len(), cleaned.left.len(), cleaned.failure), (1, 0, None), "{}", place.told());
    assert!(matches!(cleaned.ended[0].illiad.end, Some(ProbeEnd::Cancelled(_))), "{:?}", cleaned.ended);
    place.assert_nothing_left("late");
}

#[tokio::test]
async fn without_an_external_id_nothing_is_known_of_the_tag() {
    for none in [Value::Null, json!("")] {
        let place = Place::in_world_of(quick()).await;
        place.sim.set_fault(Fault::new(another("/external_id", none.clone())).server(LoggedServer::Alma));
        let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
        assert_eq!(ran.outcome(), Some("no_external_id"), "{none}: {}", place.told());
        assert_eq!(ran.proof_result().map(ProofResult::exit_code), Some(1), "{none}");
        assert!(!place.told().contains("not seen in ILLiad"), "{none}: {}", place.told());
        place.assert_nothing_left("no external id");
    }
}

#[tokio::test]
async fn a_damaged_journal_is_said_and_leaves_it_open_what_is_left() {
    let place = Place::in_world("probe-ready").await;
    place.probe().await.expect("ran");
    place.damage_the_journal();
    let cleaned = place.clean().await.expect("tried");
    let failure = cleaned.failure.expect("not known");
    assert!(failure.what.contains("of the journal is damaged"), "{failure}");
    assert!(cleaned.left.is_empty() && cleaned.ended.is_empty());
}

/// What was read back as cancelled is called so, although the journal could not note it. That is said, and a later run notes it.
#[tokio::test]
async fn what_a_full_journal_does_not_note_is_told_as_it_was_read() {
    let mut place = Place::in_world("probe-ready").await;
    place.fill_the_journal();
    let ran = place.probe().await.expect("ran");
    assert_eq!((ran.outcome(), ran.left.len()), (Some("routed"), 0), "{}", place.told());
    for one in &ran.made {
        assert!(matches!(one.illiad.end, Some(ProbeEnd::Cancelled(_))), "{one:?}");
    }
    let failure = ran.failure.expect("it is not noted");
    assert!(failure.what.starts_with("What this run showed could not be noted: "), "{failure}");
    assert!(failure.hints.iter().any(|hint| hint.contains("prove --clean")), "{failure}");
    place.assert_nothing_left("full");
    place.journal_with_room();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.ended.len(), cleaned.left.len(), cleaned.failure), (2, 0, None));
}

/// Under the number of a test request stands one that does not name the test patron. Nobody knows that ours is gone.
#[tokio::test]
async fn what_a_number_contradicts_is_left_and_named() {
    let place = with_two_left().await;
    place.sim.set_fault(on_illiad("GET", "41", another("/Username", json!("20000001"))));
    place.sim.set_fault(on_illiad("GET", &format!("UserRequests/{PATRON}"), FaultKind::FirstRows(0)));
    let cleaned = place.clean().await.expect("tried");
    assert_eq!(cleaned.left.len(), 2, "{}", place.told());
    let failure = cleaned.failure.expect("two are left");
    assert!(failure.what.contains("does not name the test patron"), "{failure}");
    // Once that number leads to an end, nothing is open there, whosever it is.
    place.sim.set_fault(on_illiad("GET", "41", another("/TransactionStatus", json!("Request Finished"))));
    let cleaned = place.clean().await.expect("tried");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    place.sim.clear_faults();
    place.clean().await.expect("cleaned");
    place.assert_nothing_left("cleaned");
}

#[tokio::test]
async fn what_an_id_in_alma_contradicts_is_left_and_named() {
    let place = Place::in_world_of(quick()).await;
    place.sim.set_fault(Fault::new(FaultKind::Reset).server(LoggedServer::Alma).method("DELETE"));
    place.chain(&BorrowingSource::Ours).await.expect("ran");
    place.sim.clear_faults();
    let on_alma = |kind: FaultKind, path: &str| {
        Fault::new(kind)
            .server(LoggedServer::Alma)
            .method("GET")
            .path_prefix(&format!("/almaws/v1/users/{PATRON}/{path}"))
    };
    place.sim.set_fault(on_alma(another("/title", json!("A real book")), "resource-sharing-requests/"));
    place.sim.set_fault(on_alma(another("/user_request/0/title", json!("A real book")), "requests"));
    let cleaned = place.clean().await.expect("tried");
    assert_eq!(cleaned.left.len(), 1, "{}", place.told());
    let failure = cleaned.failure.expect("one is left");
    assert!(failure.what.contains("does not have the title of the test request"), "{failure}");
    place.sim.clear_faults();
    place.clean().await.expect("cleaned");
    place.assert_nothing_left("cleaned");
}

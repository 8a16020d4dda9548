//! Faults between a request and its answer, while it is watched, and while it is cancelled.
use crate::prove::bench::Place;
use last_resort::engine::journal::{ProbeEnd, ProofStatus};
use last_resort::sim::LoggedServer;
use last_resort::sim::{Fault, FaultKind};

const CREATE: &str = "/illiadwebplatform/Transaction";

fn on_create(kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("POST").path(CREATE)
}

#[tokio::test]
async fn a_request_made_without_an_answer_is_found_by_its_token() {
    for kind in [
        FaultKind::ServerErrorAfterWrite,
        FaultKind::ResetAfterWrite,
        FaultKind::HangAfterWrite,
        FaultKind::Truncated,
        FaultKind::HalfBody,
        FaultKind::EmptyAfterWrite,
        FaultKind::TextAfterWrite,
    ] {
        let place = Place::in_world("probe-ready").await;
        place.sim.set_fault(on_create(kind.clone()));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{kind:?}: {failure}"));
        assert_eq!(ran.outcome(), Some("routed"), "{kind:?}: {}", place.told());
        assert_eq!((ran.failure, ran.left), (None, Vec::new()), "{kind:?}");
        assert_eq!(place.tests_in_illiad().len(), 2, "{kind:?}: no request was made twice");
        place.assert_nothing_left(&format!("{kind:?}"));
    }
    for world in ["probe-500-after-write", "probe-reset-after-write"] {
        let place = Place::in_world(world).await;
        assert_eq!(place.probe().await.expect("ran").outcome(), Some("routed"), "{world}");
        place.assert_nothing_left(world);
    }
}

#[tokio::test]
async fn after_a_write_of_unknown_outcome_the_next_request_reads() {
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_create(FaultKind::ResetAfterWrite));
    place.probe().await.expect("ran");
    let requests = place.sim.requests();
    let creates = requests.iter().enumerate().filter(|(_, seen)| seen.method == "POST" && seen.path == CREATE);
    for (at, _) in creates {
        let next = &requests[at + 1];
        assert!(next.method == "GET" && next.path.contains("UserRequests"), "{next:?}");
    }
}

#[tokio::test]
async fn a_request_that_was_never_made_is_looked_for_and_then_given_up() {
    let elsewhere = FaultKind::Redirect("{alma_url}/login".to_owned());
    for kind in [FaultKind::Reset, FaultKind::Hang, FaultKind::Html, elsewhere] {
        let place = Place::in_world("probe-ready").await;
        place.sim.set_fault(on_create(kind.clone()));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{kind:?}: {failure}"));
        let failure = ran.failure.clone().expect("not made");
        assert!(failure.hints.iter().any(|hint| hint.contains("a search did not find it")), "{kind:?}: {failure}");
        assert_eq!((ran.proof_result(), ran.left.len()), (None, 0), "{kind:?}");
        assert_eq!(ran.made[0].illiad.end, Some(ProbeEnd::NotFound), "{kind:?}");
        assert!(place.tests_in_illiad().is_empty());
    }
}

#[tokio::test]
async fn a_twin_that_cannot_be_made_leaves_nothing_either() {
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_create(FaultKind::Status { code: 400, body: last_resort::sim::BodyKind::Json }).nth(2));
    let ran = place.probe().await.expect("ran");
    assert!(ran.failure.is_some(), "{ran:?}");
    assert_eq!(
        ran.proof_result().map(|showed| showed.shows),
        Some(ProofStatus::Unclear),
        "half a proof proves nothing"
    );
    assert_eq!((ran.left.len(), place.tests_in_illiad().len()), (0, 1));
    place.assert_nothing_left("one");
}

#[tokio::test]
async fn what_came_late_is_cancelled_by_the_next_run() {
    let place = Place::in_world("probe-ready").await;
    place.sim.set_fault(on_create(FaultKind::Reset).first(1));
    let token = place.probe().await.expect("ran").made[0].token.clone();
    // Create the request now, as if the server had received it late.
    let client = reqwest::Client::new();
    let body = format!(
        "Username={}&ProcessType=Borrowing&RequestType=Loan&LoanTitle=TEST+please+cancel&CitedIn=01CUNY_QC-lastresort-{token}",
        crate::prove::bench::PATRON
    );
    let late = client
        .post(format!("{}/Transaction", place.sim.illiad_url()))
        .header("ApiKey", &place.sim.keys().illiad)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body);
    assert_eq!(late.send().await.expect("an answer").status(), 200);
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.ended.len(), cleaned.left.len(), cleaned.failure), (1, 0, None), "{}", place.told());
    place.assert_nothing_left("late");
}

#[tokio::test]
async fn what_cannot_be_cancelled_is_told_by_number_and_cancelled_by_the_next_run() {
    let place = Place::in_world("probe-cancel-fails").await;
    let ran = place.probe().await.expect("ran");
    assert_eq!((ran.left.len(), ran.outcome()), (2, Some("routed")));
    let failure = ran.failure.expect("not cancelled");
    assert!(failure.what.contains("410002") && failure.what.contains("is not cancelled"), "{failure}");
    assert!(failure.hints.iter().any(|hint| hint.contains("prove --clean")), "{failure}");
    // While a test request is left, no new one is made.
    let again = place.probe().await.expect_err("nothing new");
    assert!(again.what.contains("No new request was created"), "{again}");
    assert_eq!(place.tests_in_illiad().len(), 2);
    let cleaned = place.clean().await.expect("tried");
    assert_eq!((cleaned.left.len(), cleaned.failure.is_some()), (2, true));
    place.sim.clear_faults();
    let ran = place.probe().await.expect("the next run");
    assert_eq!((ran.outcome(), ran.left.len(), place.tests_in_illiad().len()), (Some("routed"), 0, 4));
    place.assert_nothing_left("the next run");
    let cleaned = place.clean().await.expect("nothing to do");
    assert!(cleaned.ended.is_empty() && cleaned.left.is_empty());
}

#[tokio::test]
async fn a_cancelling_without_an_answer_is_read_before_it_is_called_one() {
    for kind in [FaultKind::ServerErrorAfterWrite, FaultKind::ResetAfterWrite, FaultKind::Reset, FaultKind::Empty] {
        let place = Place::in_world("probe-ready").await;
        place.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Illiad).method("PUT").first(2));
        let ran = place.probe().await.expect("ran");
        assert_eq!((ran.failure, ran.left), (None, Vec::new()), "{kind:?}: {}", place.told());
        place.assert_nothing_left(&format!("{kind:?}"));
    }
}

#[tokio::test]
async fn looks_that_bring_nothing_are_no_verdict() {
    let place = Place::in_world("probe-routing-off").await;
    // The first 48 reads fail, which are those after the creations and all of the watch. The later ones, for cancelling, work.
    let looks = Fault::new(FaultKind::Status { code: 503, body: last_resort::sim::BodyKind::Html });
    place.sim.set_fault(
        looks.server(LoggedServer::Illiad).method("GET").path_prefix("/illiadwebplatform/Transaction/41").first(48),
    );
    let ran = place.probe().await.expect("ran");
    assert_eq!(ran.outcome(), Some("still_waiting"), "{}", place.told());
    assert_eq!(ran.proof_result().map(|showed| showed.shows), Some(ProofStatus::Waiting));
    place.assert_nothing_left("unread");
}

#[tokio::test]
async fn a_wish_to_stop_ends_the_watch_and_cancels() {
    let place = Place::in_world("probe-routing-off").await;
    let stop = place.stop.clone();
    let (ran, ()) = tokio::join!(place.prove_as(last_resort::drive::TrafficResult::Suffices, 1), async {
        while place.tests_in_illiad().len() < 2 {
            tokio::task::yield_now().await;
        }
        stop.ask();
    });
    let ran = ran.expect("tried");
    assert_eq!((ran.outcome(), ran.left.len()), (Some("still_waiting"), 0), "{}", place.told());
    place.assert_nothing_left("stopped");
    let before = place.tests_in_illiad().len();
    let failure = place.probe().await.expect_err("stopped already");
    assert!(failure.kind.exit_code() == 130 && place.tests_in_illiad().len() == before, "{failure}");
}

//! Only a request that was read as ours is touched, and none is called absent that may be there: servers that answer with
//! other requests, unclear answers, and lists that may be cut.
use crate::prove::bench::{PATRON, Place};
use last_resort::drive::BorrowingSource;
use last_resort::engine::journal::{ProbeEnd, ProofStatus};
use last_resort::engine::judge::Verdict;
use last_resort::recipe::StepId;
use last_resort::sim::{Fault, FaultKind, LoggedServer, RequestLog};
use serde_json::{Value, json};

const CREATE: &str = "/illiadwebplatform/Transaction";

/// ILLiad has requests of another patron, numbered from 410002.
const OTHERS: &str = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[illiad]\nrequests_of_others = 3\n";

fn quick(more: &str) -> String {
    format!("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n{more}")
}

fn on_create(kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("POST").path(CREATE)
}

fn on_list(kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("GET").path(&format!("{CREATE}/UserRequests/{PATRON}"))
}

fn on_alma(method: &str, kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Alma).method(method).path_prefix(&format!("/almaws/v1/users/{PATRON}/"))
}

/// Fails if a request of another patron was changed.
#[track_caller]
fn assert_others_untouched(place: &Place, context: &str) {
    for one in place.sim.transactions().into_iter().filter(|one| one["Username"] != PATRON) {
        assert_eq!(one["TransactionStatus"], "Awaiting Request Processing", "{context}: {one}");
    }
    let of_others = |path: &str| ["410002", "410003", "410004"].iter().any(|number| path.contains(number));
    let requests = place.sim.requests();
    assert!(requests.iter().all(|seen| seen.method == "GET" || !of_others(&seen.path)), "{context}");
}

#[tokio::test]
async fn a_creation_that_names_another_number_is_looked_for_by_its_token() {
    for to in [json!(410_003), json!("410003"), json!(999_999)] {
        let place = Place::in_world_of(OTHERS).await;
        let at = "/TransactionNumber".to_owned();
        place.sim.set_fault(on_create(FaultKind::AnotherValue { at, to: to.clone() }));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{to}: {failure}"));
        assert_eq!(ran.outcome(), Some("routed"), "{to}: {}", place.told());
        let numbers: Vec<&str> = ran.made.iter().filter_map(|one| one.illiad.number.as_deref()).collect();
        assert_eq!(numbers, ["410005", "410006"], "{to}");
        assert_eq!((ran.failure, ran.left.len()), (None, 0), "{to}");
        assert_others_untouched(&place, &to.to_string());
        place.assert_nothing_left(&to.to_string());
    }
}

/// Whatever of the request differs, an answer about another one proves nothing.
#[tokio::test]
async fn a_look_that_shows_another_request_proves_nothing_and_touches_nothing() {
    let routed = "Request Imported from Alma";
    let other = |at: &str, to: Value| FaultKind::AnotherValue { at: at.to_owned(), to };
    for kind in [
        other("/TransactionNumber", json!(410_003)),
        other("/Username", json!("20000001")),
        other("/Username", Value::Null),
        FaultKind::AnswerOf(format!("{CREATE}/410003")),
    ] {
        let place = Place::in_world_of(OTHERS).await;
        let looks = Fault::new(kind.clone()).server(LoggedServer::Illiad).method("GET");
        place.sim.set_fault(looks.path_prefix("/illiadwebplatform/Transaction/41"));
        let ran = place.probe().await.expect("ran");
        let shows = ran.proof_result().map(|showed| showed.shows);
        assert!(shows != Some(ProofStatus::Proved), "{kind:?}: {ran:?}");
        assert!(ran.failure.is_some() && !ran.left.is_empty(), "{kind:?}: {ran:?}");
        assert!(
            place.sim.requests().iter().all(|seen| seen.method != "PUT"),
            "{kind:?}: what cannot be read is not routed"
        );
        assert_others_untouched(&place, &format!("{kind:?}"));
        place.sim.clear_faults();
        let cleaned = place.clean().await.expect("cleaned");
        assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{kind:?}: {}", place.told());
        place.assert_nothing_left(&format!("{kind:?}, {routed}"));
    }
}

#[tokio::test]
async fn an_unclear_answer_to_a_creation_is_settled_by_looking() {
    for code in [302, 307, 400, 408, 409, 425, 429, 500, 502, 503] {
        let place = Place::in_world("probe-ready").await;
        // The body names no reason that ILLiad would give.
        let kind = if code == 400 { FaultKind::HangAfterWrite } else { FaultKind::StatusAfterWrite(code) };
        place.sim.set_fault(on_create(kind));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{code}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{code}: {}", place.told());
        assert_eq!(place.tests_in_illiad().len(), 2, "{code}: no request was made twice");
        place.assert_nothing_left(&code.to_string());
    }
}

#[tokio::test]
async fn an_unclear_answer_from_alma_is_settled_by_looking() {
    for code in [302, 400, 408, 409, 429, 500, 503] {
        let place = Place::in_world_of(&quick("")).await;
        place.sim.set_fault(on_alma("POST", FaultKind::StatusAfterWrite(code)));
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{code}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{code}: {}", place.told());
        assert_eq!(place.sim.alma_requests().len(), 1, "{code}: no request was made twice");
        place.assert_nothing_left(&code.to_string());
    }
}

/// Even after the limit that says that nothing was created, the whole list is read before anything is sent again.
#[tokio::test]
async fn after_a_limit_a_creation_is_looked_for_before_it_is_sent_again() {
    let place = Place::in_world_of(&quick("")).await;
    place.sim.set_fault(on_alma("POST", FaultKind::TooManyPerSecond(2)));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{}", place.told());
    assert_eq!(place.sim.alma_requests().len(), 1, "{}", place.told());
    let seen = place.sim.requests();
    let creates = |one: &RequestLog| one.server == LoggedServer::Alma && one.method == "POST";
    let posts: Vec<usize> = (0..seen.len()).filter(|nth| creates(&seen[*nth])).collect();
    assert_eq!(posts.len(), 3, "{posts:?}");
    for between in posts.windows(2) {
        let looked =
            seen[between[0]..between[1]].iter().any(|one| one.method == "GET" && one.path.ends_with("/requests"));
        assert!(looked, "{:?}", &seen[between[0]..between[1]]);
    }
    place.assert_nothing_left("a limit");
}

#[tokio::test]
async fn a_borrowing_request_is_ours_only_as_it_was_read() {
    let other = |at: &str, to: &str| FaultKind::AnotherValue { at: at.to_owned(), to: json!(to) };
    let place = Place::in_world_of(&quick("")).await;
    place.sim.set_fault(on_alma("POST", other("/request_id", "99999999990005337")));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{}", place.told());
    place.assert_nothing_left("another id");
    for kind in
        [other("/request_id", "99999999990005337"), other("/title", "The Iliad"), other("/requester/value", "2")]
    {
        let place = Place::in_world_of(&quick("")).await;
        place.sim.set_fault(on_alma("GET", kind.clone()));
        let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
        assert!(ran.proof_result().is_none_or(|showed| showed.shows != ProofStatus::Proved), "{kind:?}: {ran:?}");
        assert!(ran.failure.is_some() && !ran.left.is_empty(), "{kind:?}: {ran:?}");
        assert!(place.sim.requests().iter().all(|seen| seen.method != "DELETE"), "{kind:?}");
        place.sim.clear_faults();
        let cleaned = place.clean().await.expect("cleaned");
        assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{kind:?}: {}", place.told());
        place.assert_nothing_left(&format!("{kind:?}"));
    }
}

#[tokio::test]
async fn a_full_page_is_read_on() {
    let world = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[illiad]\nolder_requests = 250\n";
    for ignored in [false, true] {
        let place = Place::in_world_of(world).await;
        if ignored {
            place.sim.set_fault(on_list(FaultKind::QueryIgnored));
        }
        place.sim.set_fault(on_create(FaultKind::ResetAfterWrite));
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{ignored}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure), (Some("routed"), None), "{ignored}: {}", place.told());
        place.assert_nothing_left("250 older ones");
    }
}

/// The list ends at the oldest requests, whatever is asked for.
#[tokio::test]
async fn a_list_that_may_be_cut_shows_nothing_to_be_absent() {
    for most in [40, 100] {
        let world = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[illiad]\nolder_requests = 250\n";
        let place = Place::in_world_of(world).await;
        place.sim.set_fault(on_list(FaultKind::QueryIgnored));
        place.sim.set_fault(on_list(FaultKind::FirstRows(most)));
        let report = place.check(&[StepId::Prove]).await;
        let routing = report.findings().find(|finding| finding.key.as_str() == "prove.routing").expect("always there");
        assert!(
            matches!(&routing.verdict, Verdict::Unread(why) if why.what.contains("may have come from Alma")),
            "{routing:?}"
        );
        place.sim.set_fault(on_create(FaultKind::ResetAfterWrite));
        let ran = place.probe().await.expect("ran");
        let failure = ran.failure.expect("not known");
        assert!(failure.what.contains("may still be there"), "{most}: {failure}");
        assert_eq!((ran.left.len(), ran.made[0].illiad.end.clone()), (1, None), "{most}: nobody says it is not there");
        place.sim.clear_faults();
        let cleaned = place.clean().await.expect("cleaned");
        assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{most}: {}", place.told());
        place.assert_nothing_left("cleaned");
    }
}

#[tokio::test]
async fn a_list_of_almas_that_ends_before_its_own_count_shows_nothing_to_be_absent() {
    let place = Place::in_world_of(&quick("")).await;
    place.sim.set_fault(on_alma("POST", FaultKind::ResetAfterWrite));
    place.sim.set_fault(on_alma("GET", FaultKind::FirstRows(0)));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let failure = ran.failure.expect("not known");
    assert!(failure.what.contains("may still be there"), "{failure}");
    assert_eq!((ran.left.len(), ran.made[0].alma.end.clone()), (1, None));
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    place.assert_nothing_left("cleaned");
}

#[tokio::test]
async fn alma_is_asked_for_its_zone_before_anything_of_it_is_called_gone() {
    let place = Place::in_world_of(&quick("")).await;
    place.sim.set_fault(on_alma("DELETE", FaultKind::Reset));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!(ran.left.len(), 1, "{}", place.told());
    place.sim.clear_faults();
    let at = "/institution/value".to_owned();
    let elsewhere = FaultKind::AnotherValue { at, to: json!("01CUNY_BC") };
    place.sim.set_fault(Fault::new(elsewhere).server(LoggedServer::Alma).path("/almaws/v1/conf/general"));
    let before = place.sim.requests().len();
    let cleaned = place.clean().await.expect("tried");
    assert!(cleaned.failure.is_some_and(|failure| failure.what.contains("01CUNY_BC")), "{}", place.told());
    assert!(cleaned.left.len() == 1 && cleaned.left[0].alma.end != Some(ProbeEnd::Gone));
    assert!(place.sim.requests()[before..].iter().all(|seen| !seen.path.contains("/users/")));
    place.sim.clear_faults();
    place.clean().await.expect("cleaned");
    place.assert_nothing_left("cleaned");
}

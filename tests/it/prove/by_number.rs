//! A row of ILLiad's list nominates a request; only the request read by its number proves, contradicts or ends anything.
use crate::prove::bench::{PATRON, Place};
use crate::prove::leftovers::{repeat_the_posts, with_two_left};
use jiff::SignedDuration;
use last_resort::drive::{BorrowingSource, TrafficResult};
use last_resort::engine::journal::{Milestone, ProbeEnd};
use last_resort::engine::judge::{Evidence, Finding, Report, Verdict};
use last_resort::engine::observed::UnreadKind;
use last_resort::engine::results::Conclusion;
use last_resort::recipe::StepId;
use last_resort::sim::{BodyKind, Fault, FaultKind, LoggedServer};
use serde_json::{Value, json};

const TRANSACTION: &str = "/illiadwebplatform/Transaction";
const QUEUE: &str = "Request Imported from Alma";
const WAITS: &str = "Awaiting Request Processing";

fn on_get(path: &str, kind: FaultKind) -> Fault {
    Fault::new(kind).server(LoggedServer::Illiad).method("GET").path(&format!("{TRANSACTION}/{path}"))
}

fn another(at: &str, to: Value) -> FaultKind {
    FaultKind::AnotherValue { at: at.to_owned(), to }
}

/// The list shows its newest requests with this status.
fn list_with(place: &Place, status: &str, newest: usize) {
    for row in 0..newest {
        let lie = another(&format!("/{row}/TransactionStatus"), json!(status));
        place.sim.set_fault(on_get(&format!("UserRequests/{PATRON}"), lie));
    }
}

fn routing(report: &Report) -> &Finding {
    report.findings().find(|finding| finding.key.as_str() == "prove.routing").expect("always there")
}

async fn checked(place: &Place) -> Finding {
    routing(&place.check(&[StepId::Prove]).await).clone()
}

/// Whether a plain proof took real traffic for enough.
async fn is_enough(place: &Place) -> bool {
    let run = place.prove_as(TrafficResult::Suffices, 1000).await.expect("ran");
    matches!(run.conclusion, Conclusion::RealTraffic(_))
}

/// How often the request was read by its number.
fn reads_of(place: &Place, number: i64) -> usize {
    let path = format!("{TRANSACTION}/{number}");
    place.sim.requests().iter().filter(|seen| seen.method == "GET" && seen.path.eq_ignore_ascii_case(&path)).count()
}

/// A request from Alma that no rule has moved, newer than one that was.
async fn with_one_left_alone() -> Place {
    let world = "sentence = \"x.\"\nbased_on = \"probe-routing-off\"\n[illiad]\ntraffic = \"one-from-alma\"\n";
    let place = Place::in_world_of(world).await;
    let newer = json!({"Username": PATRON, "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": "A book",
        "CitedIn": "01CUNY_QC0005678"});
    place.create_in_illiad(&newer).await;
    place
}

#[tokio::test]
async fn a_request_is_read_by_its_number_once_before_it_proves_anything() {
    let place = Place::in_world("done").await;
    assert_eq!(checked(&place).await.verdict, Verdict::Same(Evidence::Proved));
    assert_eq!(reads_of(&place, 410_002), 1);
    assert!(is_enough(&place).await);
    assert_eq!(reads_of(&place, 410_002), 2);
}

#[tokio::test]
async fn a_row_that_the_request_itself_contradicts_proves_nothing_and_both_answers_are_told() {
    for (at, to, words) in [
        ("/TransactionStatus", json!("Cancelled by ILL Staff"), "it is in \"Cancelled by ILL Staff\""),
        ("/TransactionStatus", json!(WAITS), "it is in \"Awaiting Request Processing\""),
        ("/ProcessType", json!("Lending"), "its process type is \"Lending\""),
        ("/LendingString", json!("NYP"), "its LendingString is \"NYP\""),
        ("/CreationDate", json!("2020-01-01T10:00:00"), "it was created on 2020-01-01"),
    ] {
        let place = Place::in_world("done").await;
        place.sim.set_fault(on_get("410002", another(at, to.clone())));
        let found = checked(&place).await;
        let Verdict::Waiting(why) = &found.verdict else { panic!("{at}: {found:?}") };
        assert!(why.contains(&format!("list has request 410002 of the test patron in \"{QUEUE}\"")), "{at}: {why}");
        assert!(why.contains(words), "{at}: {why}");
        assert_eq!(found.got, None, "{at}");
        assert!(!is_enough(&place).await, "{at}");
        assert!(place.told().contains(words), "{at}: {}", place.told());
        place.assert_nothing_left(at);
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_read_by_its_number_is_unread() {
    for (kind, why, words) in [
        (FaultKind::Status { code: 503, body: BodyKind::Html }, UnreadKind::Down, "could not be read by its number"),
        (FaultKind::AnswerOf(format!("{TRANSACTION}/999999")), UnreadKind::Nonsense, "there is no such request"),
        (FaultKind::AnswerOf(format!("{TRANSACTION}/410001")), UnreadKind::Nonsense, "another request, 410001"),
        (another("/Username", json!("20000001")), UnreadKind::Nonsense, "another username or CitedIn"),
        (another("/CitedIn", json!("01CUNY_QC9999999")), UnreadKind::Nonsense, "another username or CitedIn"),
        (another("/CitedIn", json!("01CUNY_BC0001234")), UnreadKind::Nonsense, "another username or CitedIn"),
    ] {
        let place = Place::in_world("done").await;
        place.sim.set_fault(on_get("410002", kind.clone()));
        let found = checked(&place).await;
        let Verdict::Unread(unread) = &found.verdict else { panic!("{kind:?}: {found:?}") };
        assert!(unread.what.contains("410002") && unread.what.contains(words), "{kind:?}: {}", unread.what);
        assert_eq!((unread.why, found.got.as_deref()), (why, None), "{kind:?}");
        assert!(!is_enough(&place).await, "{kind:?}");
        place.assert_nothing_left(&format!("{kind:?}"));
    }
}

#[tokio::test]
async fn a_list_that_shows_a_request_in_the_queue_proves_nothing() {
    let place = with_one_left_alone().await;
    list_with(&place, QUEUE, 1);
    let found = checked(&place).await;
    assert!(matches!(&found.verdict, Verdict::Waiting(why) if why.contains(QUEUE) && why.contains(WAITS)), "{found:?}");
    assert!(!is_enough(&place).await);
}

#[tokio::test]
async fn only_a_request_that_waits_by_its_number_speaks_against_a_proof() {
    let place = with_one_left_alone().await;
    let found = checked(&place).await;
    assert!(matches!(&found.verdict, Verdict::Waiting(why) if why.contains("request 410003")), "{found:?}");
    assert_eq!((reads_of(&place, 410_002), reads_of(&place, 410_003)), (1, 1));
    // The list is older than the request: somebody has moved it since.
    place.sim.set_fault(on_get("410003", another("/TransactionStatus", json!("Request Sent"))));
    assert_eq!(checked(&place).await.verdict, Verdict::Same(Evidence::Proved));
    place.sim.clear_faults();
    place.sim.set_fault(on_get("410003", FaultKind::Status { code: 503, body: BodyKind::Html }));
    let found = checked(&place).await;
    assert!(matches!(&found.verdict, Verdict::Unread(why) if why.what.contains("410003")), "{found:?}");
    assert!(!is_enough(&place).await, "nobody knows whether the newer one still waits");
}

#[tokio::test]
async fn what_came_after_going_live_is_told_by_the_request_itself() {
    let due = async |created: Option<&str>| {
        let place = Place::with_stance("sentence = \"x.\"\nbased_on = \"done\"\n", "live").await;
        if let Some(days) = created {
            place.sim.set_fault(on_get("410002", another("/CreationDate", json!(days))));
        }
        let mut seen = place.seen(&[StepId::Prove]).await;
        let went_live = seen.at - SignedDuration::from_hours(24 * 5);
        seen.journal.milestones.live = Some(Milestone { at: went_live, by: "ada".to_owned() });
        let report = place.judge(&seen, &[StepId::Prove]);
        assert_eq!(routing(&report).verdict, Verdict::Same(Evidence::Proved));
        report.findings().any(|finding| finding.key.as_str() == "prove.since_live")
    };
    let ten_days_ago =
        (jiff::Timestamp::now() - SignedDuration::from_hours(240)).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    assert!(!due(None).await && due(Some(&ten_days_ago)).await);
}

/// The list shows every request as cancelled; two of them are doubles that stand open.
#[tokio::test]
async fn a_double_that_only_the_list_calls_cancelled_is_cancelled() {
    let place = with_two_left().await;
    repeat_the_posts(&place).await;
    list_with(&place, "Cancelled by ILL Staff", 4);
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    place.assert_nothing_left("the list calls it cancelled");
}

#[tokio::test]
async fn a_request_that_only_the_list_calls_finished_is_not_gone() {
    let place = with_two_left().await;
    list_with(&place, "Request Finished", 2);
    for number in ["410002", "410003"] {
        place.sim.set_fault(on_get(number, FaultKind::AnswerOf(format!("{TRANSACTION}/999999"))));
    }
    let cleaned = place.clean().await.expect("tried");
    assert_eq!((cleaned.ended.len(), cleaned.left.len()), (0, 2), "{}", place.told());
    assert!(cleaned.left.iter().all(|one| one.illiad.end != Some(ProbeEnd::Gone)));
}

/// After a creation of unknown outcome only the list shows the borrowing request, with another partner.
#[tokio::test]
async fn a_borrowing_request_that_only_almas_list_shows_says_nothing_of_its_rota() {
    let place = Place::in_world_of("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n").await;
    let on_alma = |method: &str, path: &str, kind: FaultKind| {
        let path = format!("/almaws/v1/users/{PATRON}/{path}");
        place.sim.set_fault(Fault::new(kind).server(LoggedServer::Alma).method(method).path_prefix(&path));
    };
    on_alma("POST", "resource-sharing-requests", FaultKind::ResetAfterWrite);
    on_alma("GET", "resource-sharing-requests/", FaultKind::Status { code: 403, body: BodyKind::Json });
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let failure = ran.failure.as_ref().expect("nothing is known of it");
    assert!(failure.what.contains("is in Alma's list, but could not be read"), "{failure}");
    assert_eq!((ran.outcome(), ran.left.len()), (None, 1), "{}", place.told());
    assert!(ran.made[0].alma.statuses.is_empty(), "no status was read: {ran:?}");
    place.sim.clear_faults();
    place.clean().await.expect("cleaned");
    place.assert_nothing_left("cleaned");
}

/// Alma's list shows every request as deleted; one of them is a double that stands open.
#[tokio::test]
async fn a_double_that_only_almas_list_calls_deleted_is_cancelled() {
    let place = Place::in_world_of("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n").await;
    let on_alma = |method: &str, kind: FaultKind| Fault::new(kind).server(LoggedServer::Alma).method(method);
    place.sim.set_fault(on_alma("DELETE", FaultKind::Reset));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!(ran.left.len(), 1, "{}", place.told());
    let title = place.sim.alma_requests()[0]["title"].as_str().expect("a title").to_owned();
    place.create_in_alma(&format!("{title} again")).await;
    place.sim.clear_faults();
    for row in 0..2 {
        let lie = another(&format!("/user_request/{row}/resource_sharing/status/value"), json!("DELETED"));
        place.sim.set_fault(on_alma("GET", lie).path(&format!("/almaws/v1/users/{PATRON}/requests")));
    }
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    assert_eq!((place.sim.alma_requests().len(), place.tests_in_illiad().len()), (2, 2), "{}", place.told());
    place.assert_nothing_left("Alma had exported the double too");
}

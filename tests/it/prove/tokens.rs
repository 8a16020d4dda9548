//! Only a token of our own form finds a request, and only in a request that calls itself a test.
use crate::prove::bench::{PATRON, Place};
use crate::prove::leftovers::with_two_left;
use last_resort::drive::BorrowingSource;
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use serde_json::{Value, json};

fn real(title: &str) -> Value {
    json!({"Username": PATRON, "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": title, "CitedIn": "01CUNY_QC000777"})
}

/// Fails if a request that is no test was changed.
#[track_caller]
fn assert_real_untouched(place: &Place, title: &str, context: &str) {
    let all = place.sim.transactions();
    let one = all.iter().find(|one| one["LoanTitle"] == title).expect("it is there");
    assert_eq!(one["TransactionStatus"], "Request Imported from Alma", "{context}");
    let number = one["TransactionNumber"].to_string();
    assert!(place.sim.requests().iter().all(|seen| seen.method == "GET" || !seen.path.contains(&number)), "{context}");
}

#[tokio::test]
async fn a_token_of_another_form_is_a_damaged_line_and_finds_nothing() {
    for token in ["", " ", "0", "A real book", "real"] {
        let place = with_two_left().await;
        place.create_in_illiad(&real("A real book")).await;
        let tokens: Vec<String> = place.tests_in_illiad().iter().map(token_of).collect();
        place.edit_the_journal(|text| tokens.iter().fold(text.to_owned(), |text, ours| text.replace(ours, token)));
        let cleaned = place.clean().await.expect("tried");
        let failure = cleaned.failure.expect("not known");
        assert!(failure.what.contains("lines of the journal cannot be read"), "{token:?}: {failure}");
        assert!(cleaned.left.is_empty() && cleaned.ended.is_empty(), "{token:?}");
        place.prove_as(last_resort::drive::TrafficResult::ProveAnyway, 1000).await.expect("ran");
        assert_real_untouched(&place, "A real book", token);
    }
}

/// The token in a title that is not marked as a test may be anybody's.
#[tokio::test]
async fn a_token_in_a_title_that_is_no_test_is_not_ours() {
    let place = with_two_left().await;
    let title = format!("A book on {}", token_of(&place.tests_in_illiad()[0]));
    place.create_in_illiad(&real(&title)).await;
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    assert_real_untouched(&place, &title, "a title");
    place.assert_nothing_left("cleaned");
}

#[tokio::test]
async fn a_borrowing_request_whose_title_is_no_test_is_not_ours() {
    let place = Place::in_world_of("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n").await;
    place.sim.set_fault(Fault::new(FaultKind::Reset).server(LoggedServer::Alma).method("DELETE"));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let token = ran.made[0].token.to_string();
    place.create_in_alma(&format!("A book on {token}")).await;
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    let deleted: Vec<bool> = place.sim.alma_requests().iter().map(|one| one["status"]["value"] == "DELETED").collect();
    assert_eq!(deleted.iter().filter(|deleted| **deleted).count(), 1, "{:?}", place.sim.alma_requests());
}

/// Alma's id is enough only with our own title: somebody else's test may have the same id.
#[tokio::test]
async fn somebody_elses_test_with_the_same_id_of_almas_is_not_ours() {
    let place = Place::in_world_of("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n").await;
    place.sim.set_fault(Fault::new(FaultKind::Reset).server(LoggedServer::Illiad).method("PUT"));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let tag = ran.made[0].tag.clone().expect("Alma's id");
    let title = "TEST please cancel: someone else";
    let mut theirs = real(title);
    theirs["CitedIn"] = tag.into();
    place.create_in_illiad(&theirs).await;
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    assert_real_untouched(&place, title, "the id");
}

/// The token at the end of a test request's `CitedIn`.
fn token_of(one: &Value) -> String {
    let cited = one["CitedIn"].as_str().expect("a tag");
    cited.rsplit('-').next().expect("a token").to_owned()
}

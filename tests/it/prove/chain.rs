//! The proof of the whole chain: from Alma to ILLiad's queue, and everything cancelled afterwards.
use crate::prove::bench::{PATRON, Place};
use last_resort::drive::BorrowingSource;
use last_resort::engine::journal::{
    EvidenceOrigin, EvidenceSource, ExportedList, ListEvidence, ProbeKind, ProofStatus, RowsBeside,
};
use last_resort::engine::judge::{Snapshot, Weight};
use last_resort::recipe::StepId;
use last_resort::sim::LoggedServer;
use last_resort::sim::{Fault, FaultKind};
use serde_json::json;

/// Returns a world where Alma builds rotas practically at once.
fn quick(world: &str) -> String {
    format!("sentence = \"x.\"\nbased_on = \"{world}\"\n[alma.rota]\ndelay_ms = 1\n")
}

#[tokio::test]
async fn a_chain_that_holds_is_proved_and_both_sides_are_cancelled() {
    for world in ["probe-ready", "chain-key-masked", "chain-self-owned", "chain-500-after-write"] {
        let place = Place::in_world_of(&quick(world)).await;
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{world}: {failure}"));
        assert_eq!(ran.outcome(), Some("routed"), "{world}: {ran:?} {}", place.told());
        let showed = ran.proof_result().cloned().expect("shown");
        assert_eq!(showed.shows, ProofStatus::Proved, "{world}: {}", showed.words);
        assert!(showed.key.is_some() && showed.words.contains("Alma's half is proved"), "{world}: {}", showed.words);
        assert_eq!((ran.failure, ran.left.len(), ran.made.len()), (None, 0, 1), "{world}");
        assert_eq!(ran.made[0].kind, ProbeKind::Borrowing);
        assert_eq!(place.sim.alma_requests().len(), 1, "{world}: one request was made in Alma");
        assert_eq!(place.tests_in_illiad().len(), 1, "{world}: ILLiad has only the request that Alma exported");
        place.assert_nothing_left(world);
    }
}

#[tokio::test]
async fn a_borrowing_request_made_without_a_readable_answer_is_found_by_its_title() {
    for kind in [FaultKind::EmptyAfterWrite, FaultKind::TextAfterWrite, FaultKind::HalfBody, FaultKind::Truncated] {
        let place = Place::in_world_of(&quick("probe-ready")).await;
        place.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Alma).method("POST"));
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{kind:?}: {failure}"));
        assert_eq!((ran.outcome(), ran.failure, ran.left.len()), (Some("routed"), None, 0), "{kind:?}");
        assert_eq!(place.sim.alma_requests().len(), 1, "{kind:?}: made once");
        place.assert_nothing_left(&format!("{kind:?}"));
    }
}

#[tokio::test]
async fn a_block_is_overridden_only_after_alma_named_it_and_its_list_was_read() {
    for (world, overridden) in [("probe-ready", vec!["false"]), ("chain-self-owned", vec!["false", "true"])] {
        let place = Place::in_world_of(&quick(world)).await;
        place.chain(&BorrowingSource::Ours).await.expect("ran");
        let seen: Vec<_> = place.sim.requests().into_iter().filter(|seen| seen.server == LoggedServer::Alma).collect();
        let posts: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].method == "POST").collect();
        for pair in posts.windows(2) {
            let list = |at: usize| seen[at].method == "GET" && seen[at].path.ends_with("/requests");
            let between: Vec<_> = seen[pair[0]..=pair[1]].iter().map(|one| (&one.method, &one.path)).collect();
            assert!((pair[0]..pair[1]).any(list), "{world}: {between:?}");
        }
        let asked: Vec<&String> = posts.iter().map(|at| &seen[*at].query).collect();
        assert_eq!(asked.len(), overridden.len(), "{asked:?}");
        for (query, value) in asked.iter().zip(overridden) {
            assert!(query.contains(&format!("override_blocks={value}")), "{query}");
        }
    }
}

#[tokio::test]
async fn a_rule_that_is_disabled_hides_no_fault_of_illiads() {
    let place =
        Place::with_stance(&format!("{}[illiad]\nrouting_on = \"No\"\n", quick("chain-rule-disabled")), "ahead").await;
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    let showed = ran.proof_result().cloned().expect("shown");
    assert_eq!((showed.shows, showed.exit_code()), (ProofStatus::Wrong, 3), "{}", showed.words);
    assert!(showed.words.contains("ILLiad's half is wrong"), "{}", showed.words);
    let next = showed.next.expect("a next thing");
    assert!(!next.contains("once the rule is enabled"), "{next}");
    place.assert_nothing_left("chain-rule-disabled, routing off");
}

#[tokio::test]
async fn a_chain_that_is_broken_says_where_and_which_half_holds() {
    for (world, stance, outcome, shows, words) in [
        (
            "chain-rule-disabled",
            "ahead",
            "other_partner",
            ProofStatus::Waiting,
            "as expected while the rule is disabled",
        ),
        ("chain-rule-disabled", "live", "other_partner", ProofStatus::Wrong, "PEER-01"),
        ("chain-not-exported", "live", "not_exported", ProofStatus::Wrong, "URL, API Key or method"),
        ("chain-tag-wrong", "live", "untagged", ProofStatus::Wrong, "name tag is not CitedIn"),
    ] {
        let place = Place::with_stance(&quick(world), stance).await;
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{world}: {failure}"));
        let showed = ran.proof_result().cloned().unwrap_or_else(|| panic!("{world}: {ran:?}"));
        let context = format!("{world}, {stance}: {} {}", showed.words, place.told());
        assert_eq!((ran.outcome(), showed.shows), (Some(outcome), shows), "{context}");
        assert!(showed.words.contains(words), "{context}");
        assert!(showed.words.contains("ILLiad's half is proved"), "{context}");
        assert_eq!((ran.failure, ran.left.len()), (None, 0), "{context}");
        assert!(showed.next.is_some() && showed.key.is_none(), "{context}");
        place.assert_nothing_left(&context);
    }
}

#[tokio::test]
async fn a_rota_that_takes_longer_than_the_watch_is_waited_for_by_nobody() {
    let place = Place::in_world("chain-slow-rota").await;
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!(ran.outcome(), Some("still_locating"), "{}", place.told());
    let showed = ran.proof_result().cloned().expect("shown");
    assert!(showed.shows == ProofStatus::Waiting && showed.words.contains("had not placed"), "{}", showed.words);
    place.assert_nothing_left("slow");
}

#[tokio::test]
async fn a_request_placed_by_hand_is_watched_if_it_calls_itself_a_test() {
    let place = Place::in_world_of(&quick("probe-ready")).await;
    let client = reqwest::Client::new();
    let place_one = async |title: &str| {
        let body = json!({"citation_type": {"value": "BK"}, "format": {"value": "PHYSICAL"}, "owner": "QCRS",
            "pickup_location": {"value": "QCRS"}, "title": title, "agree_to_copyright_terms": true});
        let url = format!("{}/almaws/v1/users/{PATRON}/resource-sharing-requests", place.sim.alma_url());
        let sent = client
            .post(url)
            .header("Authorization", format!("apikey {}", place.sim.keys().alma))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let made: serde_json::Value =
            serde_json::from_slice(&sent.send().await.expect("sent").bytes().await.expect("whole")).expect("JSON");
        made["request_id"].as_str().expect("an id").to_owned()
    };
    let real = place_one("The Iliad").await;
    let before = place.sim.requests().len();
    let failure = place.chain(&BorrowingSource::ByHand(real)).await.expect_err("perhaps a real one");
    assert!(failure.what.contains("not touched"), "{failure}");
    let failure = place.chain(&BorrowingSource::ByHand("nothing".to_owned())).await.expect_err("no such request");
    assert!(failure.what.contains("nothing"), "{failure}");
    assert!(place.sim.requests()[before..].iter().all(|seen| seen.method == "GET"));
    let test = place_one("TEST please cancel, by hand").await;
    let ran = place.chain(&BorrowingSource::ByHand(test.clone())).await.expect("ran");
    assert_eq!((ran.outcome(), ran.left.len(), ran.failure), (Some("routed"), 0, None), "{}", place.told());
    let status = |id: &str| {
        let all = place.sim.alma_requests();
        all.into_iter().find(|one| one["request_id"] == id).expect("there")["status"]["value"].clone()
    };
    assert_eq!(status(&test), "DELETED");
}

#[tokio::test]
async fn alma_is_asked_nothing_in_writing_where_the_campus_is_wrong_or_the_partner_missing() {
    for (world, words) in
        [("fresh", "no partner ILLiad"), ("wrong-campus-key", "01CUNY_BC"), ("bad-alma-key", "No request was created")]
    {
        let place = Place::in_world(world).await;
        let failure = place.chain(&BorrowingSource::Ours).await.expect_err("not possible");
        assert!(failure.what.contains(words) && failure.kind.exit_code() == 1, "{world}: {failure}");
        assert!(place.sim.requests().iter().all(|seen| seen.method == "GET"), "{world}");
    }
}

#[tokio::test]
async fn a_refusal_of_almas_is_told_and_leaves_nothing() {
    let mut place = Place::in_world_of(&quick("probe-ready")).await;
    // A patron known to both systems but affiliated with no resource sharing library.
    place.set_sample(&["10000002"]);
    place.sim.set_fault(
        Fault::new(FaultKind::Status { code: 400, body: last_resort::sim::BodyKind::Json })
            .server(LoggedServer::Alma)
            .method("POST"),
    );
    let ran = place.chain(&BorrowingSource::Ours).await.expect("tried");
    assert!(ran.failure.is_some() && ran.left.is_empty() && ran.proof_result().is_none(), "{ran:?}");
    assert!(place.sim.alma_requests().is_empty() && place.tests_in_illiad().is_empty());
}

#[tokio::test]
async fn a_cancelling_that_alma_does_not_answer_is_read_and_done() {
    let place = Place::in_world_of(&quick("probe-ready")).await;
    place.sim.set_fault(Fault::new(FaultKind::ServerErrorAfterWrite).server(LoggedServer::Alma).method("DELETE"));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!((ran.failure, ran.left.len()), (None, 0), "{}", place.told());
    place.assert_nothing_left("500 after the deletion");

    let place = Place::in_world_of(&quick("probe-ready")).await;
    place.sim.set_fault(Fault::new(FaultKind::Reset).server(LoggedServer::Alma).method("DELETE"));
    let ran = place.chain(&BorrowingSource::Ours).await.expect("ran");
    assert_eq!(ran.left.len(), 1, "{}", place.told());
    place.sim.clear_faults();
    let cleaned = place.clean().await.expect("cleaned");
    assert_eq!((cleaned.left.len(), cleaned.failure), (0, None), "{}", place.told());
    place.assert_nothing_left("cleaned by the next run");
}

/// A rule above ours is in the way in one of these worlds and not in the other, and nobody knows which is the real one.
#[tokio::test]
async fn a_rule_above_ours_is_a_question_in_both_worlds_until_the_whole_chain_answers_it() {
    for (world, stance, outcome, verdict) in [
        ("rota-rules-add-up", "live", "routed", "same"),
        ("rota-rules-first-match", "live", "other_partner", "waiting"),
    ] {
        let place = Place::with_stance(&quick(world), stance).await;
        let steps = [StepId::Rule, StepId::Prove];
        let mut before = place.seen(&steps).await;
        before.journal.evidence.lists = vec![ListEvidence {
            list: ExportedList::RotaRules,
            beside: RowsBeside {
                troubles: Vec::new(),
                neighbours: vec!["the rule \"Courier\" stands above ours".into()],
            },
            neighbours_since: before.at,
            origin: EvidenceOrigin { source: EvidenceSource::Pasted, stamp: None, who: "ada".into(), when: before.at },
            unjudged_in: None,
        }];
        let other_rows = |snapshot: &Snapshot| {
            let report = place.judge(snapshot, &steps);
            report.findings().find(|finding| finding.key == ExportedList::RotaRules.key()).expect("judged").clone()
        };
        let asked = other_rows(&before);
        assert!(asked.verdict.as_str() == "waiting" && asked.weight == Weight::Advisory, "{world}: {asked:?}");
        let ran = place.chain(&BorrowingSource::Ours).await.unwrap_or_else(|failure| panic!("{world}: {failure}"));
        assert_eq!(ran.outcome(), Some(outcome), "{world}: {}", place.told());
        let mut after = place.seen(&steps).await;
        after.journal.evidence.lists.clone_from(&before.journal.evidence.lists);
        let told = other_rows(&after);
        assert_eq!((told.verdict.as_str(), told.weight), (verdict, Weight::Advisory), "{world}: {told:?}");
        place.assert_nothing_left(world);
    }
}

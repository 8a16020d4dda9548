//! The proof of ILLiad's half: each outcome in facts/illiad.md §2.5 has a world, and is recognised.
use crate::prove::bench::{PATRON, Place};
use last_resort::drive::TrafficResult;
use last_resort::engine::journal::{ProbeKind, ProbeRecord, ProofStatus};
use last_resort::engine::results::Conclusion;
use last_resort::sim::LoggedServer;

/// World, name of the outcome, status of the proof, and words that the cause must contain.
const OUTCOMES: [(&str, &str, ProofStatus, &[&str]); 10] = [
    (
        "probe-ready",
        "routed",
        ProofStatus::Proved,
        &["routed to \"Request Imported from Alma\"", "control request was left alone"],
    ),
    ("probe-routing-off", "not_routed", ProofStatus::Wrong, &["RoutingOn", "inactive", "curly quotes"]),
    ("probe-rule-inactive", "not_routed", ProofStatus::Wrong, &["RoutingOn", "inactive"]),
    ("probe-broken-rule-first", "not_routed", ProofStatus::Wrong, &["broken and stopped the run"]),
    ("probe-other-spelling", "other_spelling", ProofStatus::Wrong, &["Request Imported From Alma", "typo"]),
    (
        "probe-other-queue",
        "other_queue",
        ProofStatus::Wrong,
        &["Awaiting RAPID Request Sending", "lower number", "every request"],
    ),
    ("probe-copyright", "copyright_clearance", ProofStatus::Wrong, &["Awaiting Copyright Clearance", "article"]),
    ("probe-blocked", "blocked", ProofStatus::Wrong, &["Awaiting Unverified User Processing", "not cleared"]),
    ("probe-gone", "gone", ProofStatus::Unclear, &["no longer in ILLiad"]),
    ("probe-catches-all", "catches_everything", ProofStatus::Wrong, &["parentheses", "requests from elsewhere"]),
];

#[tokio::test]
async fn each_outcome_is_read_as_what_it_is_and_leaves_nothing() {
    for (world, outcome, shows, words) in OUTCOMES {
        let place = Place::in_world(world).await;
        let ran = place.probe().await.unwrap_or_else(|failure| panic!("{world}: {failure}"));
        let showed = ran.proof_result().unwrap_or_else(|| panic!("{world}: {ran:?}"));
        assert_eq!((ran.outcome(), showed.shows), (Some(outcome), shows), "{world}: {}", showed.words);
        for word in words {
            assert!(showed.words.contains(word), "{world}: no {word:?} in {}", showed.words);
        }
        assert_eq!(showed.next.is_none(), shows == ProofStatus::Proved, "{world}: {showed:?}");
        let cancelled = showed.words.contains("both are cancelled now");
        assert_eq!(cancelled, world != "probe-gone", "{world}: {}", showed.words);
        assert_eq!((ran.failure, ran.left), (None, Vec::new()), "{world}");
        let kinds: Vec<ProbeKind> = ran.made.iter().map(|made| made.kind).collect();
        assert_eq!(kinds, [ProbeKind::Probe, ProbeKind::Negative], "{world}");
        assert!(ran.made.iter().all(|made| made.illiad.end.is_some()), "{world}: {:?}", ran.made);
        place.assert_nothing_left(world);
    }
}

#[tokio::test]
async fn what_is_sent_is_what_the_procedure_looks_at_and_nothing_more() {
    let place = Place::in_world("probe-ready").await;
    place.probe().await.expect("ran");
    let made = place.tests_in_illiad();
    assert_eq!(made.len(), 2);
    for one in &made {
        assert_eq!(
            (&one["Username"], &one["ProcessType"], &one["RequestType"]),
            (&PATRON.into(), &"Borrowing".into(), &"Loan".into())
        );
        assert!(one["LendingString"].is_null());
    }
    let cited: Vec<&str> = made.iter().filter_map(|one| one["CitedIn"].as_str()).collect();
    assert!(cited[0].starts_with("01CUNY_QC-lastresort-"), "{cited:?}");
    assert!(cited[1].starts_with("lastresort-negative-"), "{cited:?}");
    let writes: Vec<String> = place
        .sim
        .requests()
        .into_iter()
        .filter(|seen| seen.server == LoggedServer::Illiad && seen.method != "GET")
        .map(|seen| format!("{} {}", seen.method, seen.path.rsplit('/').next().unwrap_or_default()))
        .collect();
    assert_eq!(writes, ["POST Transaction", "POST Transaction", "POST notes", "PUT route", "POST notes", "PUT route"]);
}

#[tokio::test]
async fn a_rule_that_runs_later_is_waited_for_and_the_twin_as_long() {
    // Pauses are a fiftieth of their usual length, so the rules run between the second and the third read.
    let place =
        Place::in_world_of("sentence = \"x.\"\nbased_on = \"probe-ready\"\n[illiad]\nrouting_delay_ms = 450\n").await;
    let ran = place.prove_as(TrafficResult::Suffices, 50).await.expect("tried");
    assert!(!matches!(ran.conclusion, Conclusion::RealTraffic(_)), "real traffic counted as enough, so no probe ran");
    assert_eq!(ran.outcome(), Some("routed"), "{}", place.told());
    let statuses = |kind: ProbeKind| {
        let of = |made: &&ProbeRecord| made.kind == kind;
        ran.made.iter().find(of).map(|made| made.illiad.statuses.clone()).expect("made")
    };
    let end = "Cancelled by ILL Staff";
    assert_eq!(statuses(ProbeKind::Probe), ["Awaiting Request Processing", "Request Imported from Alma", end]);
    assert_eq!(statuses(ProbeKind::Negative), ["Awaiting Request Processing", end]);
    place.assert_nothing_left("later");
}

#[tokio::test]
async fn real_traffic_needs_no_probe_unless_one_is_asked_for() {
    let place = Place::in_world("done").await;
    let Ok(Conclusion::RealTraffic(words)) =
        place.prove_as(TrafficResult::Suffices, 1000).await.map(|run| run.conclusion)
    else {
        panic!("probed")
    };
    assert!(words.contains("410002") && words.contains("Real traffic"), "{words}");
    assert!(place.sim.requests().iter().all(|seen| seen.method == "GET"));
    let ran = place.prove_as(TrafficResult::ProveAnyway, 1000).await.expect("tried");
    assert!(!matches!(ran.conclusion, Conclusion::RealTraffic(_)), "not probed");
    assert_eq!(ran.outcome(), Some("routed"));
    // The program's own cancelled probe must not count as real traffic.
    place.assert_nothing_left("done");
}

#[tokio::test]
async fn without_a_test_patron_nothing_is_made() {
    let mut place = Place::in_world("probe-ready").await;
    place.set_sample(&[]);
    let failure = place.probe().await.expect_err("nobody");
    assert!(failure.kind.exit_code() == 2 && failure.what.contains("test patron"), "{failure}");
    let place = Place::in_world("usernames-differ").await;
    let failure = place.prove_as(TrafficResult::ProveAnyway, 1000).await.expect_err("unknown to ILLiad");
    assert!(failure.what.contains("ILLiad has no user"), "{failure}");
    assert!(place.sim.requests().iter().all(|seen| seen.method == "GET"));
}

#[tokio::test]
async fn a_probe_that_failed_since_is_not_outdone_by_older_traffic() {
    let world = "sentence = \"x.\"\nbased_on = \"probe-routing-off\"\n[illiad]\ntraffic = \"one-from-alma\"\n";
    let place = Place::in_world_of(world).await;
    let Ok(Conclusion::RealTraffic(_)) = place.prove_as(TrafficResult::Suffices, 1000).await.map(|run| run.conclusion)
    else {
        panic!("probed")
    };
    let ran = place.prove_as(TrafficResult::ProveAnyway, 1000).await.expect("tried");
    assert!(!matches!(ran.conclusion, Conclusion::RealTraffic(_)), "not probed");
    assert_eq!(ran.outcome(), Some("not_routed"));
    let ran = place.prove_as(TrafficResult::Suffices, 1000).await.expect("tried");
    assert!(matches!(ran.conclusion, Conclusion::Watched(..)), "old traffic counted");
    place.assert_nothing_left("probed again");
}

//! How a proof changes the findings of `check`.
use crate::harness::told;
use crate::prove::bench::Place;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use last_resort::drive::BorrowingSource;
use last_resort::engine::journal::{KeyWrite, Milestone};
use last_resort::engine::judge::{Evidence, Finding, Report, Snapshot, Verdict, Weight};
use last_resort::engine::observed::{Observation, Transaction};
use last_resort::recipe::{KeySlot, StepId};
use last_resort::secret::ApiKey;

fn finding<'a>(report: &'a Report, key: &str) -> Option<&'a Finding> {
    report.findings().find(|finding| finding.key.as_str() == key)
}

const STEPS: [StepId; 2] = [StepId::Parameters, StepId::Prove];

#[tokio::test]
async fn a_probe_makes_the_routing_proved_or_different() {
    let place = Place::in_world("probe-ready").await;
    let before = place.check(&STEPS).await;
    let routing = finding(&before, "prove.routing").expect("always there");
    assert!(matches!(routing.verdict, Verdict::Waiting(_)) && routing.weight == Weight::Advisory);
    assert!(routing.hint.as_deref().is_some_and(|hint| hint.starts_with("last-resort prove --campus")));
    assert!(finding(&before, "prove.chain").is_none());
    place.probe().await.expect("ran");
    let after = place.check(&STEPS).await;
    let routing = finding(&after, "prove.routing").expect("always there");
    assert_eq!((&routing.verdict, routing.weight), (&Verdict::Same(Evidence::Proved), Weight::Counts));
    assert!(routing.got.as_deref().is_some_and(|got| got.contains("410002")), "{routing:?}");

    let place = Place::in_world("probe-catches-all").await;
    place.probe().await.expect("ran");
    let after = place.check(&STEPS).await;
    let routing = finding(&after, "prove.routing").expect("always there");
    assert_eq!(routing.verdict, Verdict::Differs(Evidence::Proved));
    assert!(routing.got.as_deref().is_some_and(|got| got.contains("parentheses")) && routing.hint.is_some());
    assert_eq!(after.exit_code(), 3);
}

#[tokio::test]
async fn what_shows_nothing_claims_nothing() {
    let place = Place::in_world("probe-gone").await;
    place.probe().await.expect("ran");
    let after = place.check(&STEPS).await;
    assert!(matches!(finding(&after, "prove.routing").expect("there").verdict, Verdict::Waiting(_)));
}

#[tokio::test]
async fn a_whole_chain_proves_the_key_that_alma_does_not_show() {
    let world = "sentence = \"x.\"\nbased_on = \"chain-key-masked\"\n[alma.rota]\ndelay_ms = 1\n";
    let place = Place::in_world_of(world).await;
    let key = "parameters.export.api_key";
    let before = place.check(&STEPS).await;
    assert!(matches!(finding(&before, key).expect("there").verdict, Verdict::Waiting(_)));
    place.chain(&BorrowingSource::Ours).await.expect("ran");
    let after = place.check(&STEPS).await;
    for key in [key, "prove.chain", "prove.routing"] {
        assert_eq!(finding(&after, key).expect("there").verdict, Verdict::Same(Evidence::Proved), "{key}");
    }
}

#[tokio::test]
async fn a_proof_has_its_age() {
    let place = Place::in_world("probe-ready").await;
    place.probe().await.expect("ran");
    let seen = place.seen(&STEPS).await;
    let verdict =
        |snapshot: &Snapshot| finding(&place.judge(snapshot, &STEPS), "prove.routing").expect("there").verdict.clone();
    assert_eq!(verdict(&seen), Verdict::Same(Evidence::Proved));
    let mut old = seen.clone();
    old.at += SignedDuration::from_hours(24 * 30);
    assert_eq!(verdict(&old), Verdict::Same(Evidence::Proved), "still valid on the last day");
    old.at += SignedDuration::from_hours(24);
    assert!(matches!(verdict(&old), Verdict::Waiting(why) if why.contains("31 days old")));
}

#[tokio::test]
async fn real_traffic_counts_against_a_probe_that_failed_only_if_it_is_newer() {
    let place = Place::in_world("probe-routing-off").await;
    place.probe().await.expect("ran");
    let seen = place.seen(&STEPS).await;
    let with = |number: i64| {
        let mut snapshot = seen.clone();
        let request = Transaction {
            number,
            status: "Request Imported from Alma".to_owned(),
            username: Some("10000001".to_owned()),
            cited_in: Some("01CUNY_QC0000001".to_owned()),
            title: None,
            process_type: Some("Borrowing".to_owned()),
            lending_string: None,
            created: Some(TimeZone::UTC.to_datetime(seen.at - SignedDuration::from_hours(1))),
        };
        snapshot.illiad.requests = Observation::Got(told::read_by_number(vec![request]));
        finding(&place.judge(&snapshot, &STEPS), "prove.routing").expect("there").verdict.clone()
    };
    let probe = seen.journal.proofs[0].showed.number.expect("its number");
    assert_eq!(with(probe - 1), Verdict::Differs(Evidence::Proved));
    assert_eq!(with(probe + 1), Verdict::Same(Evidence::Proved));
}

/// A newer request from Alma that the rule left alone speaks against the older one that it moved.
#[tokio::test]
async fn an_older_request_proves_nothing_once_a_newer_one_was_left_alone() {
    let place = Place::in_world("done").await;
    let seen = place.seen(&STEPS).await;
    let with = |change: &dyn Fn(&mut Transaction)| {
        let mut snapshot = seen.clone();
        if let Observation::Got(requests) = &mut snapshot.illiad.requests {
            let mut newer = requests.list.rows.iter().max_by_key(|one| one.number).cloned().expect("a request");
            newer.number += 1;
            newer.status = "Awaiting Request Processing".to_owned();
            change(&mut newer);
            requests.list.rows.push(newer);
            *requests = told::read_by_number(requests.list.rows.clone());
        }
        finding(&place.judge(&snapshot, &STEPS), "prove.routing").expect("there").verdict.clone()
    };
    let verdict = with(&|_| {});
    assert!(
        matches!(&verdict, Verdict::Waiting(why) if why.contains("Awaiting Request Processing") && why.contains("newer")),
        "{verdict:?}"
    );
    let no_word: [Changed; 4] = [
        |request| request.number -= 1000,
        |request| request.cited_in = Some("lastresort-negative-20261123aaaaaaaaaa".to_owned()),
        |request| request.cited_in = None,
        |request| request.status = "Request Sent".to_owned(),
    ];
    for change in no_word {
        assert_eq!(with(&change), Verdict::Same(Evidence::Proved));
    }
}

/// A request of a patron that came after going live proves what a probe would.
#[tokio::test]
async fn traffic_counts_after_going_live_only_if_it_is_known_to_be_newer() {
    let place = Place::with_stance("sentence = \"x.\"\nbased_on = \"done\"\n", "live").await;
    let seen = place.seen(&STEPS).await;
    let went_live = seen.at - SignedDuration::from_hours(48);
    let due = |hours: Option<i64>| {
        let mut snapshot = seen.clone();
        snapshot.journal.milestones.live = Some(Milestone { at: went_live, by: "ada".to_owned() });
        let created = hours.map(|hours| TimeZone::UTC.to_datetime(went_live + SignedDuration::from_hours(hours)));
        if let Observation::Got(requests) = &mut snapshot.illiad.requests {
            requests.list.rows.iter_mut().for_each(|request| request.created = created);
            *requests = told::read_by_number(requests.list.rows.clone());
        }
        let report = place.judge(&snapshot, &STEPS);
        let proved = finding(&report, "prove.routing").expect("there").verdict == Verdict::Same(Evidence::Proved);
        assert_eq!(proved, created.is_some(), "nobody knows when it was made");
        finding(&report, "prove.since_live").is_some()
    };
    assert!(due(Some(-1)) && !due(Some(1)));
    due(None);
}

/// A change to a request that stands in the queue.
type Changed = fn(&mut Transaction);

/// Only a request that the rule can have routed, and not long ago, shows that it does.
#[tokio::test]
async fn a_request_that_the_rule_cannot_have_routed_proves_nothing() {
    let place = Place::in_world("done").await;
    let seen = place.seen(&STEPS).await;
    let with = |change: &dyn Fn(&mut Transaction)| {
        let mut snapshot = seen.clone();
        if let Observation::Got(requests) = &mut snapshot.illiad.requests {
            requests.list.rows.iter_mut().for_each(change);
            *requests = told::read_by_number(requests.list.rows.clone());
        }
        finding(&place.judge(&snapshot, &STEPS), "prove.routing").expect("there").verdict.clone()
    };
    let after = |hours: i64| Some(TimeZone::UTC.to_datetime(seen.at + SignedDuration::from_hours(hours)));
    assert_eq!(with(&|_| {}), Verdict::Same(Evidence::Proved));
    assert_eq!(with(&|request| request.created = after(-24 * 30)), Verdict::Same(Evidence::Proved));
    let cases: [(Changed, &str); 9] = [
        (|request| request.process_type = Some("Lending".to_owned()), "process type"),
        (|request| request.process_type = None, "process type"),
        (|request| request.lending_string = Some("XXX".to_owned()), "LendingString"),
        (|request| request.cited_in = Some("01CUNY_BC-123".to_owned()), "01CUNY_BC-123"),
        (|request| request.cited_in = Some("01CUNY_QCC123".to_owned()), "01CUNY_QCC123"),
        (|request| request.cited_in = None, "CitedIn"),
        (|request| request.username = Some("99999999".to_owned()), "username"),
        (|request| request.username = None, "username"),
        (|request| request.created = None, "does not say when"),
    ];
    for (change, words) in cases {
        let verdict = with(&change);
        assert!(matches!(&verdict, Verdict::Waiting(why) if why.contains(words)), "{words}: {verdict:?}");
    }
    for (hours, words) in [(24 * 365, "in the future"), (-24 * 31, "31 days ago")] {
        let verdict = with(&|request| request.created = after(hours));
        assert!(matches!(&verdict, Verdict::Waiting(why) if why.contains(words)), "{words}: {verdict:?}");
    }
}

#[tokio::test]
async fn another_key_is_not_the_one_that_was_proved() {
    let world = "sentence = \"x.\"\nbased_on = \"chain-key-masked\"\n[alma.rota]\ndelay_ms = 1\n";
    let place = Place::in_world_of(world).await;
    place.chain(&BorrowingSource::Ours).await.expect("ran");
    let seen = place.seen(&STEPS).await;
    let other = ApiKey::parse("0b1d7c44-1f2e-4c3b-8a5d-6e7f8091c7d8".to_owned()).expect("a key");
    let verdict =
        |snapshot| finding(&place.judge(snapshot, &STEPS), "parameters.export.api_key").expect("there").verdict.clone();
    assert_eq!(verdict(&seen), Verdict::Same(Evidence::Proved));
    let mut stored = seen.clone();
    stored.keys.export_key = Observation::Got((KeySlot::Export, other.clone()));
    assert!(matches!(verdict(&stored), Verdict::Waiting(_)), "another key is stored on this machine now");
    let mut written = seen.clone();
    let when = written.at;
    written.journal.key_write = Some(KeyWrite { fingerprint: other.fingerprint(), who: "ada".to_owned(), when });
    assert!(matches!(verdict(&written), Verdict::Waiting(_)), "another key was written since");
}

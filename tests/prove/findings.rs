//! What a proof does to the findings of `check`.
use crate::bench::Place;
use last_resort::drive::Source;
use last_resort::engine::{Evidence, Finding, Report, Verdict, Weight};
use last_resort::recipe::StepId;

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
    place.chain(&Source::Ours).await.expect("ran");
    let after = place.check(&STEPS).await;
    for key in [key, "prove.chain", "prove.routing"] {
        assert_eq!(finding(&after, key).expect("there").verdict, Verdict::Same(Evidence::Proved), "{key}");
    }
}

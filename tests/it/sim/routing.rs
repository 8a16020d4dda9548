//! ILLiad's routing rules: which one wins, which ones stop the run, and when they run.

use std::time::{Duration, Instant};

use reqwest::Method;

use crate::harness::client::Scene;
use crate::sim::illiad::loan;

/// Returns a row of the routing table in a world's file format.
fn rule(number: i64, active: &str, condition: &str, target: &str) -> String {
    format!(
        "[[illiad.rules]]\nRuleNo = {number}\nRuleActive = \"{active}\"\nProcessType = \"Borrowing\"\n\
         TransactionStatus = \"Awaiting Request Processing\"\nMatchString = \"\"\"{condition}\"\"\"\n\
         NewProcessType = \"Borrowing\"\nNewTransactionStatus = \"{target}\"\n"
    )
}

#[tokio::test]
async fn routing_may_come_later() {
    const DELAY: Duration = Duration::from_millis(300);
    let scene =
        Scene::from_toml("sentence = \"x.\"\nbased_on = \"routing-later\"\n[illiad]\nrouting_delay_ms = 300").await;
    let before = Instant::now();
    let made = scene.illiad_send(Method::POST, "/Transaction", &loan("01CUNY_QC-probe")).await.json();
    assert_eq!(made["TransactionStatus"], "Awaiting Request Processing");
    let path = format!("/Transaction/{}", made["TransactionNumber"]);
    let until = before + Duration::from_secs(20);
    loop {
        let status = scene.illiad(Method::GET, &path).await.json()["TransactionStatus"].clone();
        if status == "Request Imported from Alma" {
            assert!(before.elapsed() >= DELAY, "the rule does not run before its time");
            break;
        }
        assert!(Instant::now() < until, "{status}");
    }
    assert_eq!(scene.running.transactions().last().expect("one")["TransactionStatus"], "Request Imported from Alma");
}

#[tokio::test]
async fn rules_and_switch_decide_where_a_request_goes() {
    let right = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";
    let all = "u.NVTGC = 'ILL'";
    let (alma, awaiting) = ("Request Imported from Alma", "Awaiting Request Processing");
    for (case, switch, rules, expected) in [
        ("right", "Yes", vec![rule(0, "Yes", right, alma)], alma),
        ("switched off", "No", vec![rule(0, "Yes", right, alma)], awaiting),
        ("inactive", "Yes", vec![rule(0, "No", right, alma)], awaiting),
        ("a lower number first", "Yes", vec![rule(3, "Yes", right, alma), rule(1, "Yes", all, "Taken")], "Taken"),
        (
            "curly quotes before it",
            "Yes",
            vec![rule(0, "Yes", "t.CitedIn LIKE ‘x%’", "X"), rule(1, "Yes", right, alma)],
            awaiting,
        ),
        (
            "typing error in the target",
            "Yes",
            vec![rule(0, "Yes", right, "Request Imported from Ama")],
            "Request Imported from Ama",
        ),
    ] {
        let toml = format!("sentence = \"x.\"\n[illiad]\nrouting_on = \"{switch}\"\n{}", rules.concat());
        let scene = Scene::from_toml(&toml).await;
        let made = scene.illiad_send(Method::POST, "/Transaction", &loan("01CUNY_QC1")).await.json();
        assert_eq!(made["TransactionStatus"], expected, "{case}");
        assert_eq!(scene.running.illiad_tables()["Routing"].as_array().map(Vec::len), Some(rules.len()));
    }
}

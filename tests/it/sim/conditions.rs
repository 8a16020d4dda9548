//! Two independent readers of a rule's condition: the embedded ILLiad, which routes by it, and the engine, which
//! explains a pasted MatchString. They must agree on every sample request.
use last_resort::engine::lint::{SampleRequests, catches};
use reqwest::Method;
use serde_json::json;

use crate::harness::client::Scene;
use crate::sim::illiad::loan;

const CONDITIONS: [&str; 18] = [
    "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)",
    "t.CitedIn LIKE '01CUNY%' and t.LendingString = '' or t.LendingString is NULL",
    "t.LendingString is NULL and t.CitedIn LIKE '01CUNY%' or t.LendingString = ''",
    "t.CitedIn LIKE '01CUNY%' and t.LendingString = NULL",
    "t.CitedIn LIKE '01CUNY%' and not (t.LendingString <> '')",
    "t.CitedIn LIKE '01CUNY%' and t.LendingString in ('', NULL)",
    "t.CitedIn LIKE '01CUNY%' and t.LendingString not in ('', NULL)",
    "t.CitedIn LIKE '01CUNY%' and t.LendingString not in ('x', 'ABC,DEF,GHI  ')",
    "t.CitedIn NOT LIKE '01cuny%'",
    "t.CitedIn LIKE '%01CUNY_QC%'",
    "t.CitedIn LIKE '01CUNY' or t.CitedIn = '01CUNY%'",
    "not (t.CitedIn is NULL) and not t.LendingString is not NULL",
    "t.CitedIn = '' or NULL = NULL",
    "u.NVTGC = 'ill ' and t.RequestType = 'Loan' and t.ProcessType <> 'Lending'",
    "t.LendingString LIKE '%DEF___I'",
    "not (t.LendingString = 'x' or t.CitedIn LIKE 'FirstSearch%')",
    "not (t.LendingString = '' and t.CitedIn LIKE '01CUNY%')",
    "1 = 1",
];

#[tokio::test]
async fn the_embedded_illiad_and_the_explanation_read_conditions_alike() {
    let requests = SampleRequests::new("01CUNY_QC", "ILL");
    for condition in CONDITIONS {
        let scene = Scene::from_toml(&format!(
            "sentence = \"x.\"\n[illiad]\nrouting_on = \"Yes\"\n[[illiad.rules]]\nRuleNo = 0\nRuleActive = \"Yes\"\n\
             ProcessType = \"Borrowing\"\nTransactionStatus = \"Awaiting Request Processing\"\n\
             MatchString = \"\"\"{condition}\"\"\"\nNewProcessType = \"Borrowing\"\nNewTransactionStatus = \"Caught\"\n"
        ))
        .await;
        let caught = catches(condition, &requests).unwrap_or_else(|| panic!("not understood: {condition}"));
        for request in requests.all() {
            let mut body = loan("");
            body["CitedIn"] = json!(request.cited_in());
            body["LendingString"] = json!(request.lending_string());
            let made = scene.illiad_send(Method::POST, "/Transaction", &body).await.json();
            assert_eq!(
                made["TransactionStatus"] == "Caught",
                caught.contains(&request),
                "{condition}: {:?} {:?} became {}",
                request.tag,
                request.lending,
                made["TransactionStatus"]
            );
        }
    }
}

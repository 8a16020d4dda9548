//! Routing: rules run in the order of their numbers, and the first that matches wins (facts/illiad.md §2.1).
use super::condition::holds;
use crate::sim::settings::{IlliadSettings, RoutingRow, RuleState};
use serde_json::Value;

/// Where a rule sends a transaction.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RouteTarget {
    pub(super) process_type: String,
    pub(super) status: String,
}

/// Runs the rules over a transaction. A broken rule stops the run, including the rules after it.
pub(super) fn routed(settings: &IlliadSettings, transaction: &Value, user: &Value) -> Option<RouteTarget> {
    if settings.routing_on == RuleState::No {
        return None;
    }
    let mut rules: Vec<&RoutingRow> = settings.rules.iter().filter(|r| r.rule_active != Some(RuleState::No)).collect();
    // A rule without a number sorts first, as an empty cell does in a sorted table.
    rules.sort_by_key(|r| r.rule_no);
    for rule in rules {
        if incomplete(rule) {
            return None;
        }
        let concerned = same(&rule.process_type, &transaction["ProcessType"])
            && same(&rule.transaction_status, &transaction["TransactionStatus"]);
        // A condition with an unknown column is an error, even if the rule does not apply to this transaction.
        let holds = holds(&rule.match_string, transaction, user).ok()?;
        if concerned && holds {
            return Some(RouteTarget {
                process_type: rule.new_process_type.clone(),
                status: rule.new_transaction_status.clone(),
            });
        }
    }
    None
}

fn incomplete(rule: &RoutingRow) -> bool {
    let texts = [
        &rule.process_type,
        &rule.transaction_status,
        &rule.match_string,
        &rule.new_process_type,
        &rule.new_transaction_status,
    ];
    rule.rule_no.is_none() || rule.rule_active.is_none() || texts.into_iter().any(|field| field.trim().is_empty())
}

fn same(wanted: &str, got: &Value) -> bool {
    got.as_str().is_some_and(|got| got.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::{RouteTarget, routed};
    use crate::sim::settings::{IlliadSettings, RoutingRow, RuleState};
    use serde_json::json;

    const MATCH: &str = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";

    fn rule(number: i64, condition: &str, target: &str) -> RoutingRow {
        RoutingRow {
            rule_no: Some(number),
            rule_active: Some(RuleState::Yes),
            process_type: "Borrowing".into(),
            transaction_status: "Awaiting Request Processing".into(),
            match_string: condition.into(),
            new_process_type: "Borrowing".into(),
            new_transaction_status: target.into(),
        }
    }

    fn run(rules: Vec<RoutingRow>, cited: &str) -> Option<String> {
        let settings = IlliadSettings { rules, ..IlliadSettings::default() };
        let transaction = json!({"ProcessType": "Borrowing", "TransactionStatus": "Awaiting Request Processing", "CitedIn": cited, "LendingString": null});
        routed(&settings, &transaction, &json!({"NVTGC": "ILL"})).map(|RouteTarget { status, .. }| status)
    }

    #[test]
    fn the_lowest_number_that_matches_wins() {
        let rules = || vec![rule(5, "u.NVTGC = 'ILL'", "Everything"), rule(0, MATCH, "Alma")];
        assert_eq!(run(rules(), "01CUNY_QC1").as_deref(), Some("Alma"));
        assert_eq!(run(rules(), "elsewhere").as_deref(), Some("Everything"));
    }

    #[test]
    fn a_broken_rule_stops_the_run_and_an_inactive_one_does_not() {
        let curly = "t.CitedIn LIKE \u{2018}01CUNY%\u{2019}";
        assert_eq!(run(vec![rule(0, curly, "X"), rule(1, MATCH, "Alma")], "01CUNY_QC1"), None);
        assert_eq!(run(vec![rule(0, "t.NoSuchColumn = 1", "X"), rule(1, MATCH, "Alma")], "01CUNY_QC1"), None);
        assert_eq!(run(vec![rule(0, MATCH, " "), rule(1, MATCH, "Alma")], "01CUNY_QC1"), None);
        let inactive = RoutingRow { rule_active: Some(RuleState::No), ..rule(0, curly, "X") };
        assert_eq!(run(vec![inactive, rule(1, MATCH, "Alma")], "01CUNY_QC1").as_deref(), Some("Alma"));
    }

    #[test]
    fn a_rule_that_is_being_entered_stops_the_run_until_every_cell_is_filled() {
        let whole = || rule(3, MATCH, "Alma");
        for unfinished in [
            RoutingRow { rule_no: None, ..whole() },
            RoutingRow { rule_active: None, ..whole() },
            RoutingRow::default(),
        ] {
            assert_eq!(run(vec![rule(5, MATCH, "Alma"), unfinished], "01CUNY_QC1"), None);
        }
        assert_eq!(run(vec![whole()], "01CUNY_QC1").as_deref(), Some("Alma"));
    }
}

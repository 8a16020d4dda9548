//! The Customization Manager: tables that a person fills in and no API reads.
use crate::sim::hand_entry::{HandEntry, NoSuchField, opened, same_name};
use crate::sim::illiad::books::Illiad;
use crate::sim::settings::{QueueRow, RoutingRow, RuleState};

impl Illiad {
    /// Enters values into a record. A value that does not fit a cell leaves it empty.
    pub(in crate::sim) fn enter(&mut self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        let settings = &mut self.settings;
        match entered.path.last().map(String::as_str) {
            Some("Routing") => {
                let rule = opened(&mut settings.rules, &mut self.open_rule, |rules| rule_of(rules, entered));
                entered.each(|column, value| in_rule(rule, column, value))
            }
            Some("CustomQueues") => {
                let name = entered.wanted("QueueName").unwrap_or_default();
                let found = |queues: &[QueueRow]| queues.iter().position(|queue| queue.queue_name == name);
                let queue = opened(&mut settings.queues, &mut self.open_queue, found);
                entered.each(|column, value| in_queue(queue, column, value))
            }
            _ => Err(entered.nowhere()),
        }
    }
}

/// The rule the person means: the only one that leads to the queue, else the one with that number.
fn rule_of(rules: &[RoutingRow], entered: &HandEntry<'_>) -> Option<usize> {
    let target = entered.wanted("NewTransactionStatus").unwrap_or_default();
    let leading: Vec<usize> =
        rules.iter().enumerate().filter(|(_, r)| r.new_transaction_status == target).map(|(at, _)| at).collect();
    let number = entered.wanted("RuleNo").and_then(|number| number.parse().ok());
    match leading.as_slice() {
        [only] => Some(*only),
        _ => rules.iter().position(|rule| number.is_some() && rule.rule_no == number),
    }
}

fn in_rule(rule: &mut RoutingRow, column: &str, value: &str) -> bool {
    let text = match column {
        _ if same_name(column, "RuleNo") => {
            rule.rule_no = value.trim().parse().ok();
            return true;
        }
        _ if same_name(column, "RuleActive") => {
            rule.rule_active = switch(value);
            return true;
        }
        _ if same_name(column, "ProcessType") => &mut rule.process_type,
        _ if same_name(column, "TransactionStatus") => &mut rule.transaction_status,
        _ if same_name(column, "MatchString") => &mut rule.match_string,
        _ if same_name(column, "NewProcessType") => &mut rule.new_process_type,
        _ if same_name(column, "NewTransactionStatus") => &mut rule.new_transaction_status,
        _ => return false,
    };
    value.clone_into(text);
    true
}

fn in_queue(queue: &mut QueueRow, column: &str, value: &str) -> bool {
    let text = match column {
        _ if same_name(column, "QueueName") => &mut queue.queue_name,
        _ if same_name(column, "ProcessType") => &mut queue.process_type,
        _ if same_name(column, "NVTGC") => &mut queue.nvtgc,
        _ => return false,
    };
    value.clone_into(text);
    true
}

fn switch(value: &str) -> Option<RuleState> {
    match value.trim() {
        "Yes" => Some(RuleState::Yes),
        "No" => Some(RuleState::No),
        _ => None,
    }
}

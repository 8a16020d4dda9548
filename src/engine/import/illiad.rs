//! Reads ILLiad's tables Routing and CustomQueues.
use super::cells::{CellRow, nearest, switch};
use super::columns::ColumnSpec;
use super::list::{ListReading, OwnRow, wanted_of};
use crate::engine::journal::ExportedList;
use crate::engine::lint::{
    Queue, RoutingRule, RuleSwitch, SampleRequests, our_rule, queues as forgotten, routing as faults,
};
use crate::engine::paste::PasteTarget;
use crate::site::Site;
use crate::text::clean;

/// Reads the Routing table.
pub(crate) fn routing(rows: &[CellRow<'_>], asked: &[PasteTarget], site: &Site) -> ListReading {
    let mut told = ListReading::absent(ExportedList::Routing, rows.len());
    let rules: Vec<RoutingRule> = rows.iter().map(rule).collect();
    let want = |name: &str| wanted_of(asked, &format!("illiad.routing.{name}")).to_owned();
    let wanted = RoutingRule {
        rule_no: number(&want("rule_no")),
        active: RuleSwitch::Yes,
        process_type: want("process_type"),
        transaction_status: want("transaction_status"),
        match_string: want("match_string"),
        new_process_type: want("new_process_type"),
        new_transaction_status: want("new_transaction_status"),
    };
    let requests = SampleRequests::new(site.institution.as_str(), &site.nvtgc);
    told.troubles = faults(&rules, &wanted, &requests).iter().map(ToString::to_string).collect();
    told.remarks = rows.iter().flat_map(odd_cells).collect();
    let by_condition = || nearest(rules.iter().map(|rule| rule.match_string.as_str()), &wanted.match_string);
    let by_queue =
        || nearest(rules.iter().map(|rule| rule.new_transaction_status.as_str()), &wanted.new_transaction_status);
    let Some(at) = our_rule(&rules, &wanted).or_else(by_condition).or_else(by_queue) else { return told };
    let (row, rule) = (&rows[at], &rules[at]);
    told.ours = OwnRow::Line(row.line);
    let no = rule.rule_no.map_or_else(|| row.field(ColumnSpec::RuleNo).to_owned(), |number| number.to_string());
    told.add_value("routing.rule_no", no);
    let active = match switch(row.field(ColumnSpec::RuleActive)) {
        Some(RuleSwitch::Yes) => "Yes",
        Some(RuleSwitch::No) => "No",
        None => row.field(ColumnSpec::RuleActive),
    };
    told.add_value("routing.rule_active", active);
    told.add_value("routing.process_type", &*rule.process_type);
    told.add_value("routing.transaction_status", &*rule.transaction_status);
    told.add_value("routing.match_string", &*rule.match_string);
    told.add_value("routing.new_process_type", &*rule.new_process_type);
    told.add_value("routing.new_transaction_status", &*rule.new_transaction_status);
    told
}

fn rule(row: &CellRow<'_>) -> RoutingRule {
    let field = |column| row.field(column).to_owned();
    RoutingRule {
        rule_no: number(row.field(ColumnSpec::RuleNo)),
        // If the cell is unclear we treat the rule as active, because it may get in the way of ours.
        active: switch(row.field(ColumnSpec::RuleActive)).unwrap_or(RuleSwitch::Yes),
        process_type: field(ColumnSpec::ProcessType),
        transaction_status: field(ColumnSpec::TransactionStatus),
        match_string: field(ColumnSpec::MatchString),
        new_process_type: field(ColumnSpec::NewProcessType),
        new_transaction_status: field(ColumnSpec::NewTransactionStatus),
    }
}

fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// Remarks about cells in which a number, or Yes or No, was expected.
fn odd_cells(row: &CellRow<'_>) -> Vec<String> {
    let (no, active) = (row.field(ColumnSpec::RuleNo), row.field(ColumnSpec::RuleActive));
    let mut all = Vec::new();
    if !no.trim().is_empty() && number(no).is_none() {
        all.push(format!("row {}: RuleNo \"{}\" is no whole number, and counts as empty", row.line, clean(no, 20)));
    }
    if switch(active).is_none() {
        let active = clean(active, 20);
        all.push(format!(
            "row {}: RuleActive is \"{active}\", neither Yes nor No; the rule was taken as active",
            row.line
        ));
    }
    all
}

/// Reads the CustomQueues table.
pub(crate) fn queues(rows: &[CellRow<'_>], asked: &[PasteTarget]) -> ListReading {
    let mut told = ListReading::absent(ExportedList::CustomQueues, rows.len());
    let all: Vec<Queue> = rows.iter().map(queue).collect();
    let want = |name: &str| wanted_of(asked, &format!("illiad.queue.{name}")).to_owned();
    let wanted = Queue { queue_name: want("queue_name"), process_type: want("process_type"), nvtgc: want("nvtgc") };
    // Compares names exactly: staff see a queue with a slightly different name, but ILLiad routes nothing to it.
    told.troubles = forgotten(&all, &wanted).iter().map(ToString::to_string).collect();
    let Some(first) = nearest(all.iter().map(|queue| queue.queue_name.as_str()), &wanted.queue_name) else {
        return told;
    };
    // Several queues may share the name, one for each site and process type.
    let likeness = |queue: &Queue| {
        usize::from(queue.nvtgc == wanted.nvtgc) * 2 + usize::from(queue.process_type == wanted.process_type)
    };
    let namesakes = (0..all.len()).filter(|at| all[*at].queue_name == all[first].queue_name);
    let at = namesakes.fold(first, |best, at| if likeness(&all[at]) > likeness(&all[best]) { at } else { best });
    told.ours = OwnRow::Line(rows[at].line);
    told.add_value("queue.queue_name", &*all[at].queue_name);
    told.add_value("queue.process_type", &*all[at].process_type);
    told.add_value("queue.nvtgc", &*all[at].nvtgc);
    told
}

fn queue(row: &CellRow<'_>) -> Queue {
    let field = |column| row.field(column).to_owned();
    Queue {
        queue_name: field(ColumnSpec::QueueName),
        process_type: field(ColumnSpec::ProcessType),
        nvtgc: field(ColumnSpec::Nvtgc),
    }
}

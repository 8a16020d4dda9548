//! Reads ILLiad's tables Routing and CustomQueues.
use super::cells::{CellRow, has_line_break, nearest, switch};
use super::columns::ColumnSpec;
use super::language::{is_understood, not_understood};
use super::list::{ListReading, OtherRows, OwnRow, wanted_of};
use super::list_state::ListState;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{
    Queue, RoutingRule, RuleFault, RuleSwitch, SampleRequests, our_rule, queues as forgotten, routing as faults,
};
use crate::engine::paste::PasteTarget;
use crate::engine::sheet::row_name;
use crate::site::Site;
use crate::text::clean;

/// Reads the Routing table.
pub(crate) fn routing(rows: &[CellRow<'_>], asked: &[PasteTarget], site: &Site, state: ListState) -> ListReading {
    let mut told = ListReading::absent(ExportedList::Routing, rows.len());
    let rules: Vec<RoutingRule> = rows.iter().map(rule).collect();
    let odd: Vec<Vec<String>> = rows.iter().map(odd_cells).collect();
    let understood = odd.iter().all(Vec::is_empty);
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
    let requests = SampleRequests::of(site);
    let whole = state == ListState::Whole && understood;
    let known: Vec<RoutingRule> =
        rules.iter().zip(&odd).filter(|(_, odd)| odd.is_empty()).map(|(rule, _)| rule.clone()).collect();
    let found = faults(&known, &wanted, &requests);
    told.troubles =
        found.iter().filter(|fault| whole || **fault != RuleFault::NoRule).map(ToString::to_string).collect();
    if !understood {
        told.others = OtherRows::NotUnderstood;
    }
    told.remarks = odd.concat();
    let by_condition = || nearest(rules.iter().map(|rule| rule.match_string.as_str()), &wanted.match_string, state);
    let by_queue = || {
        let queues = rules.iter().map(|rule| rule.new_transaction_status.as_str());
        nearest(queues, &wanted.new_transaction_status, state)
    };
    // In a damaged list a rule that only sends requests to the same queue may be another one than ours.
    let same = |at: &usize| state == ListState::Whole || rules[*at].match_string == wanted.match_string;
    let Some(at) = our_rule(&rules, &wanted).filter(same).or_else(by_condition).or_else(by_queue).filter(same) else {
        return told;
    };
    let (row, rule) = (&rows[at], &rules[at]);
    told.ours = OwnRow::Line(row.line);
    told.remarks.extend(copies(rows, &rules, at));
    add_rule(&mut told, row, rule);
    told
}

/// Records the values of our rule, as far as they are understood.
fn add_rule(told: &mut ListReading, row: &CellRow<'_>, rule: &RoutingRule) {
    let no = rule.rule_no.map_or_else(|| row.field(ColumnSpec::RuleNo).to_owned(), |number| number.to_string());
    told.add_value("routing.rule_no", no);
    match switch(row.field(ColumnSpec::RuleActive)) {
        Some(RuleSwitch::Yes) => told.add_value("routing.rule_active", "Yes"),
        Some(RuleSwitch::No) => told.add_value("routing.rule_active", "No"),
        None => told.leave_out("routing.rule_active"),
    }
    add_type(told, "routing.process_type", ColumnSpec::ProcessType, &rule.process_type);
    told.add_value("routing.transaction_status", &*rule.transaction_status);
    // SQL may be on several lines, but it is not known who broke this one.
    match has_line_break(&rule.match_string) {
        true => {
            told.leave_out("routing.match_string");
            told.remarks.push(format!("{}: MatchString has a line break, so it was not checked", row_name(row.line)))
        }
        false => told.add_value("routing.match_string", &*rule.match_string),
    }
    add_type(told, "routing.new_process_type", ColumnSpec::NewProcessType, &rule.new_process_type);
    told.add_value("routing.new_transaction_status", &*rule.new_transaction_status);
}

/// Records a process type, if it is understood.
fn add_type(told: &mut ListReading, name: &str, column: ColumnSpec, got: &str) {
    match is_understood(column, got) {
        true => told.add_value(name, got),
        false => told.leave_out(name),
    }
}

/// Remarks about other rows with the condition of our rule.
fn copies(rows: &[CellRow<'_>], rules: &[RoutingRule], ours: usize) -> Vec<String> {
    let is_copy = |at: &usize| *at != ours && rules[*at].match_string == rules[ours].match_string;
    let copy = |at: usize| {
        let inactive = if rules[at].active == RuleSwitch::No { " and is not active" } else { "" };
        let (other, own) = (row_name(rows[at].line), row_name(rows[ours].line));
        format!("{other} has the same MatchString{inactive}; {own} was taken as ours")
    };
    (0..rules.len()).filter(is_copy).map(copy).collect()
}

fn rule(row: &CellRow<'_>) -> RoutingRule {
    let field = |column| row.field(column).to_owned();
    RoutingRule {
        rule_no: number(row.field(ColumnSpec::RuleNo)),
        // A rule whose cell is unclear is left out of the comparison (see `odd_cells`).
        active: switch(row.field(ColumnSpec::RuleActive)).unwrap_or(RuleSwitch::Yes),
        process_type: field(ColumnSpec::ProcessType),
        transaction_status: field(ColumnSpec::TransactionStatus),
        match_string: field(ColumnSpec::MatchString),
        new_process_type: field(ColumnSpec::NewProcessType),
        new_transaction_status: field(ColumnSpec::NewTransactionStatus),
    }
}

/// A whole number, also as a spreadsheet writes it (`7.0`, `'7`).
fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    let whole = text.split_once('.').filter(|(_, rest)| !rest.is_empty() && rest.chars().all(|c| c == '0'));
    whole.map_or(text, |(whole, _)| whole).parse().ok()
}

/// Remarks about cells in which a number, Yes or No, or a process type was expected.
fn odd_cells(row: &CellRow<'_>) -> Vec<String> {
    let (no, active) = (row.field(ColumnSpec::RuleNo), row.field(ColumnSpec::RuleActive));
    let mut all = Vec::new();
    if !no.trim().is_empty() && number(no).is_none() {
        all.push(format!(
            "{}: RuleNo \"{}\" is not a whole number, so that rule could not be judged",
            row_name(row.line),
            clean(no, 20)
        ));
    }
    if switch(active).is_none() {
        let active = clean(active, 20);
        all.push(format!(
            "{}: RuleActive is \"{active}\", neither Yes nor No, so that rule could not be judged",
            row_name(row.line)
        ));
    }
    all.extend(odd_types(ExportedList::Routing, row));
    all
}

/// Remarks about process types that are not understood.
fn odd_types(list: ExportedList, row: &CellRow<'_>) -> Vec<String> {
    let odd = |column: &ColumnSpec| !is_understood(*column, row.field(*column));
    let columns = [ColumnSpec::ProcessType, ColumnSpec::NewProcessType].into_iter().filter(odd);
    columns.map(|column| not_understood(list, row.line, column, row.field(column))).collect()
}

/// Reads the CustomQueues table.
pub(crate) fn queues(rows: &[CellRow<'_>], asked: &[PasteTarget], state: ListState) -> ListReading {
    let mut told = ListReading::absent(ExportedList::CustomQueues, rows.len());
    let all: Vec<Queue> = rows.iter().map(queue).collect();
    let want = |name: &str| wanted_of(asked, &format!("illiad.queue.{name}")).to_owned();
    let wanted = Queue { queue_name: want("queue_name"), process_type: want("process_type"), nvtgc: want("nvtgc") };
    // Compares names exactly: staff see a queue with a slightly different name, but ILLiad routes nothing to it.
    // In a damaged list, the queue that is missing may be in a row that could not be read.
    told.remarks = rows.iter().flat_map(|row| odd_types(ExportedList::CustomQueues, row)).collect();
    if !told.remarks.is_empty() {
        told.others = OtherRows::NotUnderstood;
    } else if state == ListState::Whole {
        told.troubles = forgotten(&all, &wanted).iter().map(ToString::to_string).collect();
    }
    let Some(first) = nearest(all.iter().map(|queue| queue.queue_name.as_str()), &wanted.queue_name, state) else {
        return told;
    };
    // Several queues may share the name, one for each site and process type.
    let likeness = |queue: &Queue| {
        usize::from(queue.nvtgc == wanted.nvtgc) * 2 + usize::from(queue.process_type == wanted.process_type)
    };
    let namesakes = (0..all.len()).filter(|at| all[*at].queue_name == all[first].queue_name);
    let alike = |queue: &Queue| likeness(queue) == 3;
    let at = namesakes.fold(first, |best, at| if likeness(&all[at]) > likeness(&all[best]) { at } else { best });
    if state == ListState::Damaged && !alike(&all[at]) {
        return told;
    }
    told.ours = OwnRow::Line(rows[at].line);
    told.add_value("queue.queue_name", &*all[at].queue_name);
    add_type(&mut told, "queue.process_type", ColumnSpec::ProcessType, &all[at].process_type);
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

//! Checks ILLiad's routing table as a whole, for problems that the procedure
//! does not mention but that decide whether its rule runs.
use super::condition::{Condition, OddPart, UnreadableCondition};
use super::like::fits;
use super::match_string::{catches, is_certainly_broken};
use super::requests::{Lending, SampleRequest, SampleRequests};
use crate::text::clean;

/// A Yes/No switch in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleSwitch {
    Yes,
    No,
}

/// A row of ILLiad's Routing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutingRule {
    /// `None` if the field is empty.
    pub rule_no: Option<i64>,
    pub active: RuleSwitch,
    /// The process type of the requests it looks at.
    pub process_type: String,
    /// The status of the requests it looks at.
    pub transaction_status: String,
    pub match_string: String,
    /// The process type that a routed request gets.
    pub new_process_type: String,
    /// The status that a routed request gets, which is a queue's name.
    pub new_transaction_status: String,
}

/// A problem in the routing table that keeps our rule from working.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    #[error("no routing rule sends requests to the queue")]
    NoRule,
    #[error("RuleNo {rule_no} is used twice: it must be unique, and it is unclear which of the two runs")]
    NumberTwice { rule_no: i64 },
    /// Our rule is switched off.
    #[error("{} is there, but RuleActive says No: it is skipped", rule(*.rule_no))]
    Inactive { rule_no: Option<i64> },
    /// A rule that runs earlier takes Alma's requests and sends them to the status `to`.
    #[error(
        "{} has a lower number and takes Alma's requests first: they go to \"{}\"",
        rule(*.rule_no),
        clean(.to, 60)
    )]
    WinsFirst { rule_no: Option<i64>, to: String },
    /// A rule that runs earlier takes those of Alma's requests that are not as ILLiad usually leaves them.
    #[error(
        "{} has a lower number and may take Alma's requests first: those whose LendingString is empty instead of NULL go to \"{}\"",
        rule(*.rule_no),
        clean(.to, 60)
    )]
    TakesSome { rule_no: Option<i64>, to: String },
    /// A rule that runs earlier may take Alma's requests. We cannot evaluate the part `what` of its condition.
    #[error(
        "{} has a lower number and may take Alma's requests first; its condition is not understood: {}",
        rule(*.rule_no),
        clean(.what, 120)
    )]
    MayWinFirst { rule_no: Option<i64>, what: String },
    /// An active rule with empty fields.
    #[error(
        "{} is active and {} empty: ILLiad stops the whole routing run at it",
        rule(*.rule_no),
        is_empty(.fields)
    )]
    EmptyFields { rule_no: Option<i64>, fields: Vec<&'static str> },
    /// An active rule whose condition is not SQL.
    #[error("{} is active and its MatchString could not be read as SQL: ILLiad may report an error there", rule(*.rule_no))]
    UnreadableCondition { rule_no: Option<i64> },
}

impl RoutingRule {
    fn empty_fields(&self) -> Vec<&'static str> {
        let number = self.rule_no.map_or("", |_| "there");
        [
            ("RuleNo", number),
            ("ProcessType", &self.process_type),
            ("TransactionStatus", &self.transaction_status),
            ("MatchString", &self.match_string),
            ("NewProcessType", &self.new_process_type),
            ("NewTransactionStatus", &self.new_transaction_status),
        ]
        .into_iter()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(name, _)| name)
        .collect()
    }

    /// Whether this rule looks at requests with the other rule's process type and status. From ILLiad 10 on, `%` and
    /// `_` are wildcards in both fields.
    fn looks_where(&self, other: &Self) -> bool {
        let letters = |text: &str| text.trim_end().to_lowercase().chars().collect::<Vec<_>>();
        let like = |text: &str, pattern: &str| fits(&letters(text), &letters(pattern));
        like(&other.process_type, &self.process_type) && like(&other.transaction_status, &self.transaction_status)
    }
}

/// Problems in the routing table that affect the `wanted` rule.
pub fn routing(rules: &[RoutingRule], wanted: &RoutingRule, requests: &SampleRequests) -> Vec<RuleFault> {
    let mut all = twice(rules);
    all.extend(rules.iter().filter(|rule| rule.active == RuleSwitch::Yes).filter_map(broken));
    let Some(ours) = our_rule(rules, wanted).map(|at| &rules[at]) else {
        all.push(RuleFault::NoRule);
        return all;
    };
    if ours.active == RuleSwitch::No {
        all.push(RuleFault::Inactive { rule_no: ours.rule_no });
    }
    let earlier = |rule: &&RoutingRule| {
        rule.active == RuleSwitch::Yes
            && rule.rule_no.zip(ours.rule_no).is_some_and(|(number, ours)| number < ours)
            && rule.empty_fields().is_empty()
            && rule.looks_where(ours)
    };
    // Uses the procedure's condition. Mistakes in our rule's current condition are reported elsewhere.
    let meant = catches(&wanted.match_string, requests).unwrap_or_default();
    all.extend(rules.iter().filter(earlier).filter_map(|rule| wins_first(rule, &meant)));
    all
}

/// The index of our rule: one with the procedure's condition, else one that sends requests to the queue. Of several, an active
/// one before the others, then the one with most values as wanted, then the first.
pub fn our_rule(rules: &[RoutingRule], wanted: &RoutingRule) -> Option<usize> {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let likeness = |rule: &RoutingRule| {
        let texts = [
            same(&rule.process_type, &wanted.process_type),
            same(&rule.transaction_status, &wanted.transaction_status),
            same(&rule.new_process_type, &wanted.new_process_type),
            same(&rule.new_transaction_status, &wanted.new_transaction_status),
            rule.rule_no == wanted.rule_no,
        ];
        (rule.active == RuleSwitch::Yes, texts.into_iter().filter(|same| *same).count())
    };
    let best = |fits: &dyn Fn(&RoutingRule) -> bool| {
        let fitting = rules.iter().enumerate().rev().filter(|(_, rule)| fits(rule));
        // `max_by_key` returns the last of several equal items, which is the first row here.
        fitting.max_by_key(|(_, rule)| likeness(rule)).map(|(at, _)| at)
    };
    best(&|rule| rule.match_string == wanted.match_string)
        .or_else(|| best(&|rule| same(&rule.new_transaction_status, &wanted.new_transaction_status)))
}

fn twice(rules: &[RoutingRule]) -> Vec<RuleFault> {
    let mut numbers: Vec<i64> = rules.iter().filter_map(|rule| rule.rule_no).collect();
    numbers.sort_unstable();
    let mut all: Vec<RuleFault> = numbers
        .chunk_by(|a, b| a == b)
        .filter(|these| these.len() > 1)
        .map(|these| RuleFault::NumberTwice { rule_no: these[0] })
        .collect();
    all.dedup();
    all
}

/// The fault of an active rule that stops ILLiad's whole routing run, if it has one.
fn broken(rule: &RoutingRule) -> Option<RuleFault> {
    let empty = rule.empty_fields();
    if !empty.is_empty() {
        return Some(RuleFault::EmptyFields { rule_no: rule.rule_no, fields: empty });
    }
    let unreadable = match Condition::parse(&rule.match_string) {
        Err(UnreadableCondition::Syntax { said, at }) => is_certainly_broken(&rule.match_string, said, at),
        _ => false,
    };
    unreadable.then_some(RuleFault::UnreadableCondition { rule_no: rule.rule_no })
}

/// The fault of an earlier rule that takes, or may take, any of the requests meant for ours.
fn wins_first(rule: &RoutingRule, meant: &[SampleRequest<'_>]) -> Option<RuleFault> {
    let rule_no = rule.rule_no;
    let condition = match Condition::parse(&rule.match_string) {
        Ok(condition) => condition,
        // `broken` already reports a condition that is certainly not SQL.
        Err(UnreadableCondition::Syntax { said, at }) if is_certainly_broken(&rule.match_string, said.clone(), at) => {
            return None;
        }
        Err(UnreadableCondition::Syntax { said, .. }) => {
            return Some(RuleFault::MayWinFirst { rule_no, what: said });
        }
        Err(UnreadableCondition::TooMuch) => {
            let what = "it is too long or too deeply nested".to_owned();
            return Some(RuleFault::MayWinFirst { rule_no, what });
        }
    };
    let answers: Vec<Result<bool, OddPart>> = meant.iter().map(|request| condition.holds(request)).collect();
    // One of Alma's requests that is certainly taken says more than another that may be.
    let is_taken = |lending: fn(Lending) -> bool| {
        meant.iter().zip(&answers).any(|(request, answer)| lending(request.lending) && matches!(answer, Ok(true)))
    };
    let to = || rule.new_transaction_status.clone();
    // ILLiad leaves LendingString NULL on requests made through its API (facts/illiad.md §1).
    if is_taken(|lending| lending == Lending::Null) {
        return Some(RuleFault::WinsFirst { rule_no, to: to() });
    }
    if is_taken(|lending| lending != Lending::Null) {
        return Some(RuleFault::TakesSome { rule_no, to: to() });
    }
    let what = match answers.into_iter().find_map(Result::err)? {
        OddPart::Column { written, .. } => format!("the column {written}"),
        OddPart::NotUnderstood(what) => what,
    };
    Some(RuleFault::MayWinFirst { rule_no, what })
}

/// `rule 3`, or `a rule without a number`.
fn rule(rule_no: Option<i64>) -> String {
    rule_no.map_or_else(|| "a rule without a number".to_owned(), |number| format!("rule {number}"))
}

fn is_empty(fields: &[&str]) -> String {
    match fields {
        [one] => format!("its {one} is"),
        several => format!("its {} are", several.join(", ")),
    }
}

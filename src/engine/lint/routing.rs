//! ILLiad's routing table as a whole: what the procedure does not ask for, and what decides whether its rule runs.
use super::condition::{Condition, OddPart, fits};
use super::match_string::catches;
use super::requests::{SampleRequest, SampleRequests};
use crate::text::clean;
use std::fmt;

/// A switch of ILLiad's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleSwitch {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A row of ILLiad's Routing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutingRule {
    /// Its number; none where the field is empty.
    pub rule_no: Option<i64>,
    /// Whether it runs.
    pub active: RuleSwitch,
    /// Which requests it looks at.
    pub process_type: String,
    /// In which status.
    pub transaction_status: String,
    /// Its condition.
    pub match_string: String,
    /// What they become.
    pub new_process_type: String,
    /// Where they go.
    pub new_transaction_status: String,
}

/// What keeps our rule from working, in the table as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleFault {
    /// No rule sends requests to the queue.
    NoRule,
    /// A rule's number is not its own.
    NumberTwice {
        /// Which.
        rule_no: i64,
    },
    /// Our rule is switched off.
    Inactive {
        /// Its number.
        rule_no: Option<i64>,
    },
    /// A rule that runs earlier takes Alma's requests.
    WinsFirst {
        /// Its number.
        rule_no: Option<i64>,
        /// Where it sends them.
        to: String,
    },
    /// A rule that runs earlier may take them: its condition is not understood.
    MayWinFirst {
        /// Its number.
        rule_no: Option<i64>,
        /// What is not understood.
        what: String,
    },
    /// An active rule with empty fields.
    EmptyFields {
        /// Its number, if it has one.
        rule_no: Option<i64>,
        /// Which are empty.
        fields: Vec<&'static str>,
    },
    /// An active rule whose condition is no SQL.
    UnreadableCondition {
        /// Its number, if it has one.
        rule_no: Option<i64>,
    },
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

    /// Whether it looks at requests of the other's process type and status; from ILLiad 10 on, `%` and `_`
    /// are wildcards there.
    fn looks_where(&self, other: &Self) -> bool {
        let letters = |text: &str| text.trim_end().to_lowercase().chars().collect::<Vec<_>>();
        let like = |text: &str, pattern: &str| fits(&letters(text), &letters(pattern));
        like(&other.process_type, &self.process_type) && like(&other.transaction_status, &self.transaction_status)
    }
}

/// What is wrong with the table for the rule that is wanted.
#[must_use]
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
    // Of the procedure's condition, not of ours as it stands: that is another matter.
    let meant = catches(&wanted.match_string, requests).unwrap_or_default();
    all.extend(rules.iter().filter(earlier).filter_map(|rule| wins_first(rule, &meant)));
    all
}

/// Which rule is ours: the one with the procedure's condition, else the one that sends requests to the queue.
#[must_use]
pub fn our_rule(rules: &[RoutingRule], wanted: &RoutingRule) -> Option<usize> {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let by_condition = rules.iter().position(|rule| rule.match_string == wanted.match_string);
    let to_queue = |rule: &RoutingRule| same(&rule.new_transaction_status, &wanted.new_transaction_status);
    by_condition.or_else(|| rules.iter().position(to_queue))
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

/// An active rule that stops the whole run, its empty fields or its unreadable condition named.
fn broken(rule: &RoutingRule) -> Option<RuleFault> {
    let empty = rule.empty_fields();
    if !empty.is_empty() {
        return Some(RuleFault::EmptyFields { rule_no: rule.rule_no, fields: empty });
    }
    let unreadable = matches!(
        Condition::parse(&rule.match_string),
        Err(crate::engine::lint::condition::UnreadableCondition::Syntax { .. })
    );
    unreadable.then_some(RuleFault::UnreadableCondition { rule_no: rule.rule_no })
}

/// Whether an earlier rule takes any of the requests that ours is meant for.
fn wins_first(rule: &RoutingRule, meant: &[SampleRequest<'_>]) -> Option<RuleFault> {
    let rule_no = rule.rule_no;
    // A condition that is no SQL stops the run, and is reported as that.
    let condition = Condition::parse(&rule.match_string).ok()?;
    let answers: Result<Vec<bool>, OddPart> = meant.iter().map(|request| condition.holds(request)).collect();
    match answers {
        Ok(answers) if answers.iter().any(|holds| *holds) => {
            Some(RuleFault::WinsFirst { rule_no, to: rule.new_transaction_status.clone() })
        }
        Ok(_) => None,
        Err(OddPart::Column { written, .. }) => {
            Some(RuleFault::MayWinFirst { rule_no, what: format!("the column {written}") })
        }
        Err(OddPart::NotUnderstood(what)) => Some(RuleFault::MayWinFirst { rule_no, what }),
    }
}

/// `rule 3`, or `a rule without a number`.
fn rule(rule_no: Option<i64>) -> String {
    rule_no.map_or_else(|| "a rule without a number".to_owned(), |number| format!("rule {number}"))
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRule => f.write_str("no routing rule sends requests to the queue"),
            Self::NumberTwice { rule_no } => {
                write!(f, "RuleNo {rule_no} is used twice: it must be unique, and which of the two runs is not known")
            }
            Self::Inactive { rule_no } => {
                write!(f, "{} is there, but RuleActive says No: it is skipped", rule(*rule_no))
            }
            Self::WinsFirst { rule_no, to } => write!(
                f,
                "{} has a lower number and takes Alma's requests first: they go to \"{}\"",
                rule(*rule_no),
                clean(to, 60)
            ),
            Self::MayWinFirst { rule_no, what } => write!(
                f,
                "{} has a lower number and may take Alma's requests first; its condition is not understood: {}",
                rule(*rule_no),
                clean(what, 120)
            ),
            Self::EmptyFields { rule_no, fields } => write!(
                f,
                "{} is active and {} empty: ILLiad stops the whole routing run at it",
                rule(*rule_no),
                is_empty(fields)
            ),
            Self::UnreadableCondition { rule_no } => write!(
                f,
                "{} is active and its MatchString is no SQL: ILLiad would report an error there",
                rule(*rule_no)
            ),
        }
    }
}

fn is_empty(fields: &[&str]) -> String {
    match fields {
        [one] => format!("its {one} is"),
        several => format!("its {} are", several.join(", ")),
    }
}

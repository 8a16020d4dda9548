//! What the procedure forgets of queues, templates and Alma's rules: what stands around its own rows and decides
//! whether they work. Of ILLiad's rules see `routing`.
use crate::text::clean;
use std::fmt;

/// A row of ILLiad's CustomQueues table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name, which is a status.
    pub queue_name: String,
    /// Of which requests.
    pub process_type: String,
    /// Of which site.
    pub nvtgc: String,
}

/// A rota template of Alma's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaTemplate {
    /// Its code.
    pub code: String,
    /// The codes of its partners.
    pub members: Vec<String>,
}

/// One line of a rota assignment rule's condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RotaParameter {
    /// Of what.
    pub name: String,
    /// How it is compared.
    pub operator: String,
    /// With what.
    pub value: String,
}

/// A rota assignment rule of Alma's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaRule {
    /// Its name.
    pub name: String,
    /// Whether it runs.
    pub enabled: crate::engine::lint::routing::RuleSwitch,
    /// All must hold.
    pub input: Vec<RotaParameter>,
    /// The template it adds.
    pub template: String,
}

/// Something the procedure does not ask for, and that keeps its rows from working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableProblem {
    /// There is no such queue.
    NoQueue {
        /// The name looked for.
        name: String,
    },
    /// The queue is another site's.
    QueueOfSite {
        /// Whose.
        nvtgc: String,
        /// Whose it should be.
        want: String,
    },
    /// The queue shows other requests.
    QueueOfProcessType {
        /// Which.
        process_type: String,
        /// Which it should.
        want: String,
    },
    /// There is no such template.
    NoTemplate {
        /// The code looked for.
        code: String,
    },
    /// The template does not have the partner.
    MemberMissing {
        /// Which template.
        code: String,
        /// Which partner.
        member: String,
    },
    /// A template has other partners beside ours.
    OtherMembers {
        /// Which template.
        code: String,
        /// Which partners.
        members: Vec<String>,
    },
    /// There is no such assignment rule.
    NoRotaRule {
        /// The name looked for.
        name: String,
    },
    /// An assignment rule above ours has the same condition.
    RotaRuleAbove {
        /// Its name.
        name: String,
        /// Its place in the list, from 1.
        place: usize,
    },
    /// An assignment rule above ours asks for less.
    WiderRotaRuleAbove {
        /// Its name.
        name: String,
        /// Its place in the list, from 1.
        place: usize,
    },
}

/// What is wrong with the queues for the one that is wanted.
#[must_use]
pub fn queues(queues: &[Queue], wanted: &Queue) -> Vec<TableProblem> {
    let same = |a: &str, b: &str| a.trim_end().eq_ignore_ascii_case(b.trim_end());
    let named: Vec<&Queue> = queues.iter().filter(|queue| queue.queue_name == wanted.queue_name).collect();
    if named.is_empty() {
        return vec![TableProblem::NoQueue { name: wanted.queue_name.clone() }];
    }
    let right = |queue: &&&Queue| same(&queue.nvtgc, &wanted.nvtgc) && same(&queue.process_type, &wanted.process_type);
    if named.iter().any(|queue| right(&queue)) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for queue in named {
        if !same(&queue.nvtgc, &wanted.nvtgc) {
            all.push(TableProblem::QueueOfSite { nvtgc: queue.nvtgc.clone(), want: wanted.nvtgc.clone() });
        }
        if !same(&queue.process_type, &wanted.process_type) {
            let (process_type, want) = (queue.process_type.clone(), wanted.process_type.clone());
            all.push(TableProblem::QueueOfProcessType { process_type, want });
        }
    }
    all
}

/// What is wrong with the rota templates for the one that is wanted, with one member.
#[must_use]
pub fn templates(templates: &[RotaTemplate], code: &str, member: &str) -> Vec<TableProblem> {
    let code = code.to_owned();
    let Some(ours) = templates.iter().find(|template| template.code == code) else {
        return vec![TableProblem::NoTemplate { code }];
    };
    let others: Vec<String> = ours.members.iter().filter(|other| *other != member).cloned().collect();
    let mut all = Vec::new();
    if !ours.members.iter().any(|there| there == member) {
        all.push(TableProblem::MemberMissing { code: code.clone(), member: member.to_owned() });
    }
    if !others.is_empty() {
        all.push(TableProblem::OtherMembers { code, members: others });
    }
    all
}

/// What is wrong with the rota assignment rules, in the order of Alma's list: the first that fits is used.
#[must_use]
pub fn rota_rules(rules: &[RotaRule], name: &str) -> Vec<TableProblem> {
    let Some(at) = rules.iter().position(|rule| rule.name == name) else {
        return vec![TableProblem::NoRotaRule { name: name.to_owned() }];
    };
    let condition = |rule: &RotaRule| {
        let mut input = rule.input.clone();
        input.sort();
        input.dedup();
        input
    };
    let ours = condition(&rules[at]);
    rules[..at]
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.enabled == crate::engine::lint::routing::RuleSwitch::Yes)
        .filter_map(|(place, rule)| {
            let (name, place, theirs) = (rule.name.clone(), place + 1, condition(rule));
            // All lines of a condition must hold: with some of ours, or with none, it fits whatever ours fits.
            match theirs.iter().all(|line| ours.contains(line)) {
                true if theirs == ours => Some(TableProblem::RotaRuleAbove { name, place }),
                true => Some(TableProblem::WiderRotaRuleAbove { name, place }),
                false => None,
            }
        })
        .collect()
}

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |text: &str| clean(text, 60);
        match self {
            Self::NoQueue { name } => {
                write!(f, "there is no queue \"{}\": staff would not see the requests", text(name))
            }
            Self::QueueOfSite { nvtgc, want } => write!(
                f,
                "the queue belongs to NVTGC \"{}\" instead of \"{}\": staff of this site would not see the queue",
                text(nvtgc),
                text(want)
            ),
            Self::QueueOfProcessType { process_type, want } => write!(
                f,
                "the queue is one of {} instead of {}: it would not show these requests",
                text(process_type),
                text(want)
            ),
            Self::NoTemplate { code } => write!(f, "there is no rota template \"{}\"", text(code)),
            Self::MemberMissing { code, member } => write!(
                f,
                "the rota template \"{}\" does not have the member \"{}\": \
                 it looks right in the list and sends nothing",
                text(code),
                text(member)
            ),
            Self::OtherMembers { code, members } => write!(
                f,
                "the rota template \"{}\" has other members as well: {}",
                text(code),
                clean(&members.join(", "), 120)
            ),
            Self::NoRotaRule { name } => write!(f, "there is no rota assignment rule \"{}\"", text(name)),
            Self::RotaRuleAbove { name, place } => write!(
                f,
                "the rota assignment rule \"{}\" stands above ours (place {place}) with the same condition: \
                 Alma uses the first that fits",
                text(name)
            ),
            Self::WiderRotaRuleAbove { name, place } => write!(
                f,
                "the rota assignment rule \"{}\" stands above ours (place {place}) and fits every request that ours fits: \
                 Alma uses the first that fits",
                text(name)
            ),
        }
    }
}

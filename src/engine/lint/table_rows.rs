//! Problems around our own rows that the procedure does not mention but that decide whether they work: queues, rota
//! templates and rota rules. `routing` covers ILLiad's routing rules, `neighbours` the rota rules beside ours.
use super::routing::RuleSwitch;
use crate::text::clean;

/// A row of ILLiad's CustomQueues table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Also the transaction status of the requests it shows.
    pub queue_name: String,
    pub process_type: String,
    pub nvtgc: String,
}

/// A rota template in Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaTemplate {
    pub code: String,
    /// The codes of its partners.
    pub members: Vec<String>,
}

/// One line of a rota assignment rule's condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RotaParameter {
    pub name: String,
    pub operator: String,
    pub value: String,
}

/// A rota assignment rule in Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaRule {
    pub name: String,
    pub enabled: RuleSwitch,
    /// The rule applies when all of these hold.
    pub input: Vec<RotaParameter>,
    pub template: String,
}

/// Something the procedure does not check but that keeps its rows from working. A `place` is the position in the list,
/// from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableProblem {
    #[error("there is no queue \"{}\": staff probably would not see the requests", short(.name))]
    NoQueue { name: String },
    #[error(
        "the queue belongs to NVTGC \"{}\" instead of \"{}\": staff of this site may not see the queue",
        short(.nvtgc),
        short(.want)
    )]
    QueueOfSite { nvtgc: String, want: String },
    /// The queue shows requests of another process type.
    #[error("the queue's process type is {} instead of {}: it may not show these requests", short(.process_type), short(.want))]
    QueueOfProcessType { process_type: String, want: String },
    #[error("there is no rota template \"{}\"", short(.code))]
    NoTemplate { code: String },
    /// The template does not contain our partner.
    #[error(
        "the rota template \"{}\" does not have the member \"{}\", so it cannot bring that partner into a rota",
        short(.code),
        short(.member)
    )]
    MemberMissing { code: String, member: String },
    /// The template contains other partners besides ours.
    #[error("the rota template \"{}\" has other members as well: {}", short(.code), clean(&.members.join(", "), 120))]
    OtherMembers { code: String, members: Vec<String> },
    #[error("there is no rota assignment rule \"{}\"", short(.name))]
    NoRotaRule { name: String },
}

fn short(text: &str) -> String {
    clean(text, 60)
}

/// Problems with the queues that affect the `wanted` one.
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

/// Problems with the rota template `code`, which should contain `member` and nobody else.
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

/// Problems with the rota assignment rules: ours is not among them. Rules beside ours are [`fn@super::rota_neighbours`].
pub fn rota_rules(rules: &[RotaRule], name: &str) -> Vec<TableProblem> {
    let missing = !rules.iter().any(|rule| rule.name == name);
    missing.then(|| TableProblem::NoRotaRule { name: name.to_owned() }).into_iter().collect()
}

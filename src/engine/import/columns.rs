//! The columns of each list, and the words their headers may have. How Alma heads the columns of an exported list is not
//! documented (facts: unknown), so each has several words; ILLiad's are the names of the table's fields.
use crate::engine::journal::List;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Code,
    Name,
    Type,
    Status,
    Members,
    RuleName,
    Input,
    InputName,
    Operator,
    Value,
    Output,
    Enabled,
    Order,
    RuleNo,
    RuleActive,
    ProcessType,
    TransactionStatus,
    MatchString,
    NewProcessType,
    NewTransactionStatus,
    QueueName,
    Nvtgc,
}

/// Whether a list is known by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the list is not this one.
    Must,
    /// Its values are not shown where it is left out.
    May,
}

/// A column of a list: its title, and its header's words as [`norm`](crate::engine::paste::norm) gives them, the surest first.
pub(crate) struct Wanted {
    pub(crate) column: Column,
    pub(crate) title: &'static str,
    pub(crate) words: &'static [&'static str],
    pub(crate) need: Need,
}

const fn must(column: Column, title: &'static str, words: &'static [&'static str]) -> Wanted {
    Wanted { column, title, words, need: Need::Must }
}

const fn may(column: Column, title: &'static str, words: &'static [&'static str]) -> Wanted {
    Wanted { column, title, words, need: Need::May }
}

const ROTA_TEMPLATES: &[Wanted] = &[
    must(Column::Code, "Code", &["rotatemplatecode", "templatecode", "rotacode", "code"]),
    must(Column::Type, "Type", &["rotatemplatetype", "templatetype", "rotatype", "type"]),
    may(Column::Name, "Name", &["rotatemplatename", "templatename", "rotaname", "name"]),
    may(Column::Status, "Status", &["templatestatus", "rotastatus", "status"]),
    may(
        Column::Members,
        "Members",
        &["partnercode", "partnercodes", "membercode", "membercodes", "members", "member", "partners", "partner"],
    ),
];

const ROTA_RULES: &[Wanted] = &[
    must(Column::RuleName, "Rule name", &["rotaassignmentrulename", "rotaassignmentrule", "rulename", "rule", "name"]),
    must(
        Column::Output,
        "Rota templates",
        &[
            "rotatemplates",
            "rotatemplate",
            "rotatemplatecode",
            "outputrotatemplates",
            "outputparameters",
            "outputparameter",
            "output",
        ],
    ),
    may(Column::Input, "Input parameters", &["inputparameters", "inputparameter", "inputs", "input", "conditions"]),
    may(Column::InputName, "Parameter name", &["inputparametername", "inputname", "parametername", "parameter"]),
    may(Column::Operator, "Operator", &["inputoperator", "parameteroperator", "operator"]),
    may(Column::Value, "Value", &["inputvalue", "parametervalue", "value"]),
    may(Column::Enabled, "Enabled", &["ruleenabled", "enabled", "active", "status"]),
    may(Column::Order, "Order", &["ruleorder", "order", "priority"]),
];

const ROUTING: &[Wanted] = &[
    must(Column::RuleNo, "RuleNo", &["ruleno", "rulenumber"]),
    must(Column::RuleActive, "RuleActive", &["ruleactive"]),
    must(Column::ProcessType, "ProcessType", &["processtype"]),
    must(Column::TransactionStatus, "TransactionStatus", &["transactionstatus"]),
    must(Column::MatchString, "MatchString", &["matchstring"]),
    must(Column::NewProcessType, "NewProcessType", &["newprocesstype"]),
    must(Column::NewTransactionStatus, "NewTransactionStatus", &["newtransactionstatus"]),
];

const CUSTOM_QUEUES: &[Wanted] = &[
    must(Column::QueueName, "QueueName", &["queuename"]),
    must(Column::ProcessType, "ProcessType", &["processtype"]),
    must(Column::Nvtgc, "NVTGC", &["nvtgc"]),
];

/// The columns of a list.
pub(crate) fn columns(list: List) -> &'static [Wanted] {
    match list {
        List::RotaTemplates => ROTA_TEMPLATES,
        List::RotaRules => ROTA_RULES,
        List::Routing => ROUTING,
        List::CustomQueues => CUSTOM_QUEUES,
    }
}

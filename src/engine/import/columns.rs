//! The columns of each list, and the headers by which we know them. The headers of Alma's exports are not documented,
//! so each column accepts several. ILLiad's headers are the field names of its tables.
use crate::engine::journal::ExportedList;

/// A column of one of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnSpec {
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

/// Whether a list must have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnNeed {
    /// A sheet without it is not this list.
    Must,
    /// Optional: without it, only its own values are unknown.
    May,
}

/// A column of a list: its title and the headers we accept, the surest first, normalised by
/// [`norm`](crate::engine::paste::norm).
pub(crate) struct WantedColumns {
    pub(crate) column: ColumnSpec,
    pub(crate) title: &'static str,
    pub(crate) words: &'static [&'static str],
    pub(crate) need: ColumnNeed,
}

const fn must(column: ColumnSpec, title: &'static str, words: &'static [&'static str]) -> WantedColumns {
    WantedColumns { column, title, words, need: ColumnNeed::Must }
}

const fn may(column: ColumnSpec, title: &'static str, words: &'static [&'static str]) -> WantedColumns {
    WantedColumns { column, title, words, need: ColumnNeed::May }
}

const ROTA_TEMPLATES: &[WantedColumns] = &[
    must(ColumnSpec::Code, "Code", &["rotatemplatecode", "templatecode", "rotacode", "code"]),
    must(ColumnSpec::Type, "Type", &["rotatemplatetype", "templatetype", "rotatype", "type"]),
    may(ColumnSpec::Name, "Name", &["rotatemplatename", "templatename", "rotaname", "name"]),
    may(ColumnSpec::Status, "Status", &["templatestatus", "rotastatus", "status"]),
    may(
        ColumnSpec::Members,
        "Members",
        &["partnercode", "partnercodes", "membercode", "membercodes", "members", "member", "partners", "partner"],
    ),
];

const ROTA_RULES: &[WantedColumns] = &[
    must(
        ColumnSpec::RuleName,
        "Rule name",
        &["rotaassignmentrulename", "rotaassignmentrule", "rulename", "rule", "name"],
    ),
    must(
        ColumnSpec::Output,
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
    may(ColumnSpec::Input, "Input parameters", &["inputparameters", "inputparameter", "inputs", "input", "conditions"]),
    may(ColumnSpec::InputName, "Parameter name", &["inputparametername", "inputname", "parametername", "parameter"]),
    may(ColumnSpec::Operator, "Operator", &["inputoperator", "parameteroperator", "operator"]),
    may(ColumnSpec::Value, "Value", &["inputvalue", "parametervalue", "value"]),
    may(ColumnSpec::Enabled, "Enabled", &["ruleenabled", "enabled", "active", "status"]),
    may(ColumnSpec::Order, "Order", &["ruleorder", "order", "priority"]),
];

const ROUTING: &[WantedColumns] = &[
    must(ColumnSpec::RuleNo, "RuleNo", &["ruleno", "rulenumber"]),
    must(ColumnSpec::RuleActive, "RuleActive", &["ruleactive"]),
    must(ColumnSpec::ProcessType, "ProcessType", &["processtype"]),
    must(ColumnSpec::TransactionStatus, "TransactionStatus", &["transactionstatus"]),
    must(ColumnSpec::MatchString, "MatchString", &["matchstring"]),
    must(ColumnSpec::NewProcessType, "NewProcessType", &["newprocesstype"]),
    must(ColumnSpec::NewTransactionStatus, "NewTransactionStatus", &["newtransactionstatus"]),
];

const CUSTOM_QUEUES: &[WantedColumns] = &[
    must(ColumnSpec::QueueName, "QueueName", &["queuename"]),
    must(ColumnSpec::ProcessType, "ProcessType", &["processtype"]),
    must(ColumnSpec::Nvtgc, "NVTGC", &["nvtgc"]),
];

/// All columns we look for in a list.
pub(crate) fn columns(list: ExportedList) -> &'static [WantedColumns] {
    match list {
        ExportedList::RotaTemplates => ROTA_TEMPLATES,
        ExportedList::RotaRules => ROTA_RULES,
        ExportedList::Routing => ROUTING,
        ExportedList::CustomQueues => CUSTOM_QUEUES,
    }
}

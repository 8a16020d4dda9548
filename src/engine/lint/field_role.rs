//! What each value is used for, and what goes wrong when it differs.
use crate::recipe::FieldKey;

/// What Alma or ILLiad does with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRole {
    /// ILLiad reads it as an SQL condition.
    MatchString,
    /// The status a request is routed to.
    NewStatus,
    QueueName,
    QueueProcessType,
    /// The ILLiad site (NVTGC) that the queue belongs to.
    QueueSite,
    /// The process type of the requests that the rule looks at.
    RuleProcessType,
    /// The status of the requests that the rule looks at.
    RuleStatus,
    /// The process type that a routed request gets.
    NewProcessType,
    /// The number that decides which rule runs first.
    RuleNo,
    RuleActive,
    /// Whether Alma's rota assignment rule is enabled.
    RotaRuleSwitch,
    /// A code or name by which another Alma record refers to this one.
    RotaReference,
    Other,
}

impl FieldRole {
    /// The role of a field, by its key.
    pub fn of(key: &FieldKey) -> Self {
        match key.as_str() {
            "illiad.routing.match_string" => Self::MatchString,
            "illiad.routing.new_transaction_status" => Self::NewStatus,
            "illiad.queue.queue_name" => Self::QueueName,
            "illiad.queue.process_type" => Self::QueueProcessType,
            "illiad.queue.nvtgc" => Self::QueueSite,
            "illiad.routing.process_type" => Self::RuleProcessType,
            "illiad.routing.transaction_status" => Self::RuleStatus,
            "illiad.routing.new_process_type" => Self::NewProcessType,
            "illiad.routing.rule_no" => Self::RuleNo,
            "illiad.routing.rule_active" => Self::RuleActive,
            "rule.enabled" => Self::RotaRuleSwitch,
            "rota.code" | "rota.member" | "rule.output.rota_template" => Self::RotaReference,
            _ => Self::Other,
        }
    }

    /// The longest value allowed, in characters (facts/illiad.md §2.1).
    pub(super) fn most(self) -> Option<usize> {
        matches!(self, Self::QueueName | Self::NewStatus).then_some(LONGEST_QUEUE_NAME)
    }

    /// What any difference in this field causes. `None` for a
    /// MatchString, because the trial on sample requests shows it.
    pub(super) fn consequence(self) -> Option<Consequence> {
        Some(match self {
            Self::NewStatus | Self::QueueName => Consequence::NamesDisagree,
            Self::QueueProcessType => Consequence::QueueOfOtherKind,
            Self::QueueSite => Consequence::QueueOfOtherSite,
            Self::RuleProcessType | Self::RuleStatus => Consequence::RuleLooksElsewhere,
            Self::NewProcessType => Consequence::LeavesBorrowing,
            Self::RuleNo => Consequence::OtherRuleFirst,
            Self::RuleActive => Consequence::RuleSkipped,
            Self::RotaRuleSwitch => Consequence::SwitchedOtherwise,
            Self::RotaReference => Consequence::NotReferred,
            Self::MatchString | Self::Other => return None,
        })
    }
}

/// The longest queue name, in characters with spaces.
pub(super) const LONGEST_QUEUE_NAME: usize = 40;

/// What would happen because a value differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Consequence {
    /// SQL cannot read the condition. ILLiad's routing run stops at such a rule.
    #[error("so ILLiad's rule would never match, and could stop the whole routing run")]
    NeverMatches,
    #[error(
        "so the rule's status and the queue's name would not agree, and staff probably would not see the requests in the queue"
    )]
    NamesDisagree,
    /// The queue has another process type.
    #[error("so the queue may not show Alma's requests, which are Borrowing")]
    QueueOfOtherKind,
    #[error("so the queue would belong to another site, and staff may not see it")]
    QueueOfOtherSite,
    /// The rule looks at requests of another process type or status.
    #[error("so ILLiad's rule would never match: Alma's requests are not there")]
    RuleLooksElsewhere,
    /// The request changes its process type.
    #[error("so the request would leave Borrowing, and staff may not see it in the queue")]
    LeavesBorrowing,
    #[error("so a rule with a lower number would run first and could take the request")]
    OtherRuleFirst,
    #[error("a RuleNo must be a number")]
    NoNumber,
    #[error("so ILLiad would skip the rule")]
    RuleSkipped,
    /// Alma's rule is on where it should be off, or the reverse.
    #[error("so the switch is not set as this campus's set-up needs it")]
    SwitchedOtherwise,
    /// Another Alma record refers to this code or name and will not find it.
    #[error("so Alma may not connect them: partner, template and rule refer to each other by this code")]
    NotReferred,
}

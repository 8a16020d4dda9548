//! What a value is used for, and so what happens when it is not the one wanted.
use crate::recipe::FieldKey;
use std::fmt;

/// What the two systems do with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRole {
    /// ILLiad reads it as an SQL condition.
    MatchString,
    /// The status a request is routed to.
    NewStatus,
    /// The name of the queue.
    QueueName,
    /// The process type of the queue.
    QueueProcessType,
    /// The site the queue belongs to.
    QueueSite,
    /// Which requests the rule looks at.
    RuleProcessType,
    /// In which status the rule looks for them.
    RuleStatus,
    /// What the request becomes.
    NewProcessType,
    /// Which rule runs first.
    RuleNo,
    /// Whether the rule runs.
    RuleActive,
    /// Whether Alma's assignment rule runs.
    RotaRuleSwitch,
    /// A code or name that another record of Alma's refers to.
    RotaReference,
    /// Anything else.
    Other,
}

impl FieldRole {
    /// By the field's key.
    #[must_use]
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

    /// How long the value may be (facts/illiad.md §2.1).
    pub(super) fn most(self) -> Option<usize> {
        matches!(self, Self::QueueName | Self::NewStatus).then_some(LONGEST_QUEUE_NAME)
    }

    /// What follows from any difference; of a MatchString the trial on sample requests tells it.
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

/// Characters a queue's name may have, blanks included.
pub(super) const LONGEST_QUEUE_NAME: usize = 40;

/// What would happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// SQL cannot read the condition, and ILLiad's routing run breaks off at such a rule.
    NeverMatches,
    /// The queue and the status routed to are not the same name.
    NamesDisagree,
    /// The queue is of another process type.
    QueueOfOtherKind,
    /// The queue is another site's.
    QueueOfOtherSite,
    /// The rule looks at other requests.
    RuleLooksElsewhere,
    /// The request changes its process type.
    LeavesBorrowing,
    /// Another rule may run first.
    OtherRuleFirst,
    /// A rule's number is one.
    NoNumber,
    /// The rule does not run.
    RuleSkipped,
    /// Alma's rule is not in the state wanted.
    SwitchedOtherwise,
    /// A record of Alma's finds nothing by this code.
    NotReferred,
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NeverMatches => "so ILLiad's rule would never match, and could stop the whole routing run",
            Self::NamesDisagree => {
                "so the rule's status and the queue's name would not agree, and staff would not see \
                 the queue's requests"
            }
            Self::QueueOfOtherKind => "so the queue would not show Alma's requests, which are Borrowing",
            Self::QueueOfOtherSite => "so the queue would belong to another site, and staff would not see the queue",
            Self::RuleLooksElsewhere => "so ILLiad's rule would never match: Alma's requests do not stand there",
            Self::LeavesBorrowing => "so the request would leave Borrowing, and staff would not see it in the queue",
            Self::OtherRuleFirst => "so a rule with a lower number would run first and could take the request",
            Self::NoNumber => "that is no number, and a RuleNo is one",
            Self::RuleSkipped => "so ILLiad would skip the rule",
            Self::SwitchedOtherwise => "so the switch does not stand where this campus's set-up wants it",
            Self::NotReferred => "so Alma would not find one by the other: partner, template and rule go by this code",
        })
    }
}

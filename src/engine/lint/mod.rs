//! Reads, tries and explains Alma's and ILLiad's rules as a person enters them.
mod condition;
mod field_role;
mod like;
mod match_string;
mod near;
mod requests;
mod rota_neighbours;
mod routing;
mod slip;
mod table_rows;
mod why;

pub use field_role::{Consequence, FieldRole};
pub use match_string::{SyntaxCause, SyntaxFault, TrialResult, catches, catches_alma, trial};
pub(crate) use near::PROCESS_TYPES;
pub use near::{PasteComparison, compare, held};
pub use requests::{ConditionFault, Lending, RequestTag, SampleRequest, SampleRequests};
pub use rota_neighbours::{RuleNeighbour, RuleOverlap, rota_neighbours, template_sharers};
pub use routing::{RoutingRule, RuleFault, RuleSwitch, our_rule, routing};
pub use slip::Slip;
pub use table_rows::{Queue, RotaParameter, RotaRule, RotaTemplate, TableProblem, queues, rota_rules, templates};
pub use why::DifferenceCause;

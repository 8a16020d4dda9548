//! Reads, tries and explains Alma's and ILLiad's rules as a person enters them.
mod condition;
mod like;
mod match_string;
mod meant;
mod near;
mod neighbour_rows;
mod neighbours;
mod requests;
mod routing;
mod slip;
mod why;

pub use match_string::{SyntaxCause, SyntaxFault, TrialResult, catches, catches_alma, trial};
pub use meant::{Consequence, FieldRole};
pub use near::{PasteComparison, compare, held};
pub use neighbour_rows::{Queue, RotaParameter, RotaRule, RotaTemplate, TableProblem, queues, rota_rules, templates};
pub use neighbours::{RuleNeighbour, RuleOverlap, rota_neighbours};
pub use requests::{ConditionFault, Lending, RequestTag, SampleRequest, SampleRequests};
pub use routing::{RoutingRule, RuleFault, RuleSwitch, our_rule, routing};
pub use slip::Slip;
pub use why::DifferenceCause;

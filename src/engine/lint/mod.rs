//! Alma's and ILLiad's rules as a person enters them: read, tried and explained.
mod condition;
mod forget;
mod match_string;
mod meant;
mod near;
mod requests;
mod routing;
mod slip;
mod sql_value;
mod why;

pub use forget::{Forgotten, Queue, RotaParameter, RotaRule, RotaTemplate, queues, rota_rules, templates};
pub use match_string::{Broken, Cause, Trial, catches, trial};
pub use meant::{Consequence, Meant};
pub use near::{Compared, compare, held};
pub use requests::{Lending, Request, Requests, Tag, Unlike};
pub use routing::{RoutingRule, RuleFault, Switch, our_rule, routing};
pub use slip::Slip;
pub use why::Why;

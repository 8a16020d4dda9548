//! What a person pasted from a screen, or a list that was exported: compared with the procedure, and explained.
mod condition;
mod forget;
mod form;
mod match_string;
mod meant;
mod near;
mod paste;
mod requests;
mod routing;
mod slip;
mod why;

pub use forget::{Forgotten, Queue, RotaParameter, RotaRule, RotaTemplate, queues, rota_rules, templates};
pub use match_string::{Broken, Cause, Trial, catches, trial};
pub use meant::{Consequence, Meant};
pub use near::{Compared, compare, held};
pub use paste::{Ambiguous, Asked, Form, Pasted, Read, asked, read};
pub use requests::{Lending, Request, Requests, Tag, Unlike};
pub use routing::{RoutingRule, RuleFault, Switch, routing};
pub use slip::Slip;
pub use why::Why;

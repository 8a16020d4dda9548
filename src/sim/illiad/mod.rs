//! ILLiad's Web Platform API (facts/illiad.md §1) and the routing rules behind it (§2).

mod books;
mod condition;
mod customization;
mod open_records;
mod refusal;
mod route;
mod routing;
mod transactions;
mod users;

pub(super) use books::Illiad;
pub(super) use route::answer;

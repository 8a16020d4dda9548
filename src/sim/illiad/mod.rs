//! ILLiad's Web Platform API and the routing rules behind it (facts/illiad.md §1, §2).
mod books;
mod condition;
mod customization;
mod refusal;
mod route;
mod routing;
mod transactions;
mod users;

pub(super) use books::Illiad;
pub(super) use route::answer;

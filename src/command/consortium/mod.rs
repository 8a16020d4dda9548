//! The commands on all campuses at once: `check --all` and `plan --all`.
mod check;
mod checked;
mod each;
mod news;
mod plan;
mod textfile;

pub(super) use check::{AllCheck, check_all};
pub(super) use each::CampusChoice;
pub(super) use plan::plan_all;

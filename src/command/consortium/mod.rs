//! The commands on all campuses at once: `check --all` and `plan --all`, and the checks of the board.
mod board;
mod check;
mod checked;
mod each;
mod news;
mod plan;
mod textfile;

pub(super) use board::board_of;
pub(super) use check::{AllCheck, check_all};
pub(super) use each::CampusChoice;
pub(super) use plan::plan_all;

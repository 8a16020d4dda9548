//! The board: every campus in one row, with all its steps. Its rows are kept in [`crate::tui::board`].
mod details;
pub(super) mod keys;
pub(super) mod page;
mod replies;
mod row;
mod state;
mod update;

pub(in crate::tui) use replies::{opened, read, read_all};
pub use state::BoardScreen;
pub(in crate::tui) use update::{begin, come_back, is_behind};

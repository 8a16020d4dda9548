//! What each screen says, line by line, before anything has a colour or a place: pure functions of the model.
mod about;
mod detail;
mod field;
mod finding;
mod forecast;
mod form;
mod golive;
mod handoff;
mod help;
mod last_word;
mod layout;
mod outcome;
mod paste;
mod plain;
mod plan;
mod prove;
mod review;
mod sheet;
mod sign;
mod steps;
mod summary;

pub(crate) use form::{resting_words, sentence};
pub use last_word::last_word;
pub use layout::{
    Area, MIN_COLUMNS, MIN_ROWS, ROWS_ABOVE, ROWS_BELOW, Spot, area, holds_back, items_in_sight, screenful, settle,
    sidebar_columns, spot, too_small,
};
pub use sheet::Sheet;
pub use sheet::sheet;
pub use steps::sidebar;

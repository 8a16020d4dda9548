//! The rows that are shown, before they get colour and position. Pure functions of the model.
mod last_word;
mod sidebar;
mod viewport;

pub use super::parts::area::{Area, InputWords, MIN_COLUMNS, MIN_ROWS, ROWS_ABOVE, ROWS_BELOW, too_small};
pub use super::parts::sheet::Sheet;
pub use last_word::{last_word, standing_word};
pub use sidebar::sidebar;
pub use viewport::{Spot, area, fix_scroll, holds_back, screenful, sheet, sidebar_columns, spot};

//! How much room there is.
use crate::tui::model::Model;

/// The smallest window anything is drawn in, but for a sentence that says so.
pub const MIN_COLUMNS: u16 = 40;
/// As above.
pub const MIN_ROWS: u16 = 10;

/// Whether a window has room for nothing but the sentence that it is too small.
#[must_use]
pub fn too_small(columns: u16, rows: u16) -> bool {
    columns < MIN_COLUMNS || rows < MIN_ROWS
}

/// The header and its rule.
pub const ROWS_ABOVE: u16 = 2;
/// The footer and its rule.
pub const ROWS_BELOW: u16 = 2;

/// From this width on, the steps stand at the side.
const SIDEBAR_FROM: u16 = 66;

/// Columns of the steps at the side.
pub(in crate::tui) const SIDEBAR: u16 = 19;

/// Whether the window is wide enough for the steps at the side.
pub(in crate::tui) fn sidebar_fits(model: &Model) -> bool {
    model.size.columns >= SIDEBAR_FROM
}

/// Whether there are rows enough for more than the first sentence of what is to be said.
pub(in crate::tui) fn roomy(model: &Model) -> bool {
    model.size.rows >= 30
}

/// Rows from which on a screen that asks something has room to explain itself first.
const LOW: usize = 12;

/// Room for a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// What is pressed or typed to record what was pasted.
    pub confirms: &'static str,
}

impl Area {
    /// Room on a screen, where keys are pressed.
    #[must_use]
    pub fn of(columns: u16, rows: u16) -> Self {
        Self { columns: usize::from(columns), rows: usize::from(rows), confirms: "Enter" }
    }

    /// Whether there is room for little more than what is confirmed and the field.
    pub(in crate::tui) fn is_low(self) -> bool {
        self.rows < LOW
    }
}

/// The room between the header and the footer, beside so many columns for the steps.
pub(in crate::tui) fn area_beside(model: &Model, side: u16) -> Area {
    Area::of(model.size.columns.saturating_sub(side), model.size.rows.saturating_sub(ROWS_ABOVE + ROWS_BELOW))
}

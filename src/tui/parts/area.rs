//! How much room the window has.
use crate::tui::model::Model;

/// Narrowest window in which the wizard is drawn, in columns. A smaller one only shows a sentence that says so.
pub const MIN_COLUMNS: u16 = 40;
/// Lowest window in which the wizard is drawn, in rows.
pub const MIN_ROWS: u16 = 10;

/// Returns whether the window is too small for the wizard.
pub fn too_small(columns: u16, rows: u16) -> bool {
    columns < MIN_COLUMNS || rows < MIN_ROWS
}

/// Rows of the header and its rule.
pub const ROWS_ABOVE: u16 = 2;
/// Rows of the footer and its rule.
pub const ROWS_BELOW: u16 = 2;

/// Narrowest window with a sidebar, in columns.
const SIDEBAR_FROM: u16 = 70;

/// Width of the sidebar in columns.
pub(in crate::tui) const SIDEBAR: u16 = 23;

/// Returns whether the window is wide enough for the sidebar.
pub(in crate::tui) fn sidebar_fits(model: &Model) -> bool {
    model.size.columns >= SIDEBAR_FROM
}

/// Returns whether there are enough rows for a full explanation, not only for its first sentence.
pub(in crate::tui) fn roomy(model: &Model) -> bool {
    model.size.rows >= 30
}

/// Rows of so many columns are spoken.
const SPOKEN: usize = 1000;

/// From this many rows on, a screen with a question explains itself first.
const LOW: usize = 12;

/// The room for a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub columns: usize,
    pub rows: usize,
    pub input: InputWords,
}

/// What a page calls the keys that it names: in line mode they are words and signs that end with Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputWords {
    /// What records a compared paste: a key, or a word to type.
    pub confirms: &'static str,
    /// Goes back, or stops work.
    pub back: &'static str,
    /// Switches what a screen shows.
    pub switches: &'static str,
}

impl InputWords {
    /// The keys of the full screen.
    const KEYS: Self = Self { confirms: "Enter", back: "Esc", switches: "Tab" };
    /// What is typed in line mode.
    pub const LINES: Self = Self { confirms: "yes", back: "<", switches: ">" };
}

impl Area {
    /// Room on the full screen, where keys are pressed.
    pub fn of(columns: u16, rows: u16) -> Self {
        Self { columns: usize::from(columns), rows: usize::from(rows), input: InputWords::KEYS }
    }

    /// Whether this many columns are those of line mode, whose rows are spoken and far wider than any window.
    pub(in crate::tui) fn speaks(columns: usize) -> bool {
        columns >= SPOKEN
    }

    /// Whether a text may flow in two columns beside each other.
    pub(in crate::tui) fn has_halves(self) -> bool {
        (150..SPOKEN).contains(&self.columns)
    }

    /// The column where the details of the chosen value stand beside the list. `None` where there is no room for that, and in line
    /// mode.
    pub(in crate::tui) fn side_at(self) -> Option<usize> {
        const WIDE: std::ops::Range<usize> = 96..SPOKEN;
        const HIGH: usize = 25;
        (WIDE.contains(&self.columns) && self.rows >= HIGH).then_some(self.columns * 3 / 5)
    }

    /// The column where an explanation stands beside a page that has no list of steps at its left. `None` where there is no room.
    pub(in crate::tui) fn page_side_at(self) -> Option<usize> {
        self.side_at().filter(|_| self.columns > 116)
    }

    /// Columns of such a page.
    pub(in crate::tui) fn page_columns(self) -> usize {
        self.page_side_at().map_or(self.columns.saturating_sub(1), |at| at - 2)
    }

    /// Returns whether there is room for little more than what is confirmed and the field.
    pub(in crate::tui) fn is_low(self) -> bool {
        self.rows < LOW
    }
}

/// The room between header and footer, beside a sidebar of this width.
pub(in crate::tui) fn area_beside(model: &Model, side: u16) -> Area {
    Area::of(model.size.columns.saturating_sub(side), model.size.rows.saturating_sub(ROWS_ABOVE + ROWS_BELOW))
}

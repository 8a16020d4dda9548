//! How much room there is, and which part of a long list is in sight.
use super::sheet::sheet;
use super::steps::{self, sidebar};
use crate::tui::model::{Model, Screen};
use crate::tui::row::reveal;
use crate::tui::setup::Page;

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

/// Whether there are rows enough for more than the first sentence of what is to be said.
pub(super) fn roomy(model: &Model) -> bool {
    model.size.rows >= 30
}

/// Rows from which on a screen that asks something has room to explain itself first.
const LOW: usize = 12;

impl Area {
    /// Whether there is room for little more than what is confirmed and the field.
    pub(super) fn is_low(self) -> bool {
        self.rows < LOW
    }
}

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
}

/// Columns the steps take at the side; none where the window is narrow or the screen is not about a step.
#[must_use]
pub fn sidebar_columns(model: &Model) -> u16 {
    let about_steps = matches!(model.screen, Screen::Steps | Screen::Summary(_)) && model.help.is_none();
    if about_steps && model.size.columns >= SIDEBAR_FROM { 19 } else { 0 }
}

/// The room between the header and the footer, beside the steps.
#[must_use]
pub fn area(model: &Model) -> Area {
    Area::of(
        model.size.columns.saturating_sub(sidebar_columns(model)),
        model.size.rows.saturating_sub(ROWS_ABOVE + ROWS_BELOW),
    )
}

/// What stands in a cell of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A line at the side, by its item: the steps, then the summary.
    Side(usize),
    /// An item of the screen shown.
    Item(usize),
}

/// What stands in a cell, going by the very lines that are drawn; none where nothing can be chosen.
#[must_use]
pub fn spot(model: &Model, column: u16, row: u16) -> Option<Spot> {
    let (area, side) = (area(model), sidebar_columns(model));
    let at = usize::from(row.checked_sub(ROWS_ABOVE)?);
    if at >= area.rows || column >= model.size.columns {
        return None;
    }
    if column < side {
        return sidebar(model).get(at)?.item.map(Spot::Side);
    }
    sheet(model, area).in_sight(area).get(at)?.item.map(Spot::Item)
}

/// Moves what is in sight as little as possible, so that the chosen line is in it and no room is wasted.
pub fn settle(model: &mut Model) {
    let area = area(model);
    let sheet = sheet(model, area);
    let height = sheet.height(area);
    let most = sheet.body.len().saturating_sub(height);
    if let Some(top) = model.help.as_mut() {
        *top = (*top).min(most);
        return;
    }
    match &mut model.screen {
        Screen::Steps => {
            let Some(campus) = &mut model.campus else { return };
            let picked = campus.picked(campus.at);
            let place = campus.places.entry(campus.at).or_default();
            place.top = reveal(&sheet.body, picked, place.top, height);
        }
        Screen::Setup => {
            let Some(setup) = &mut model.setup else { return };
            let focus = match setup.page {
                Page::Campus => setup.row(),
                Page::Systems | Page::Places => setup.page.asks().position(|ask| ask == setup.focus).unwrap_or(0),
                Page::Review => {
                    setup.top = setup.top.min(most);
                    return;
                }
            };
            setup.top = reveal(&sheet.body, focus, setup.top, height);
        }
        Screen::Plan(screen) => screen.top = screen.top.min(most),
        Screen::Outcome(screen) => screen.top = screen.top.min(most),
        Screen::Prove(screen) => screen.top = screen.top.min(most),
        Screen::Proved(screen) => screen.top = screen.top.min(most),
        Screen::SignOff(screen) => screen.top = screen.top.min(most),
        Screen::Summary(top) => *top = (*top).min(most),
        Screen::PasteBack(screen) => screen.top = screen.top.min(most),
        Screen::GoLive(screen) => screen.top = screen.top.min(most),
        Screen::HandOff(screen) => screen.top = screen.top.min(most),
        Screen::Forecast(screen) => screen.top = screen.top.min(most),
        Screen::Foretold(screen) => screen.top = screen.top.min(most),
        Screen::Writing(_) | Screen::Proving(_) | Screen::Foretelling(_) | Screen::Undo(_) => {}
    }
}

/// Whether something that Enter confirms was not in sight yet: then Enter reads on instead.
#[must_use]
pub fn holds_back(model: &Model) -> bool {
    let area = area(model);
    model.help.is_none() && sheet(model, area).holds_back(area)
}

/// How many lines a screenful is.
#[must_use]
pub fn screenful(model: &Model) -> usize {
    let area = area(model);
    sheet(model, area).height(area).saturating_sub(1).max(1)
}

/// How many values a screenful of the step shown holds, at least one.
#[must_use]
pub fn items_in_sight(model: &Model) -> usize {
    let Some(campus) = &model.campus else { return 1 };
    let area = area(model);
    let rows = steps::rows(model, campus, area.columns);
    let items = campus.here().report.findings.len().max(1);
    (screenful(model) * items / rows.len().max(1)).max(1)
}

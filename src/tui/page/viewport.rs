//! The rows that are shown, the visible part of them, and what is at a given cell.
use super::sidebar::sidebar;
use crate::tui::help;
use crate::tui::model::Model;
use crate::tui::parts::area::{Area, ROWS_ABOVE, SIDEBAR, area_beside, sidebar_fits};
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::RowKind;
use crate::tui::screen::behaviour::TextUse;
use crate::tui::screen::dispatch;

/// Returns the rows that are shown, fitted to the area.
pub fn sheet(model: &Model, area: Area) -> Sheet {
    let mut sheet = match model.help {
        Some(top) => help::page(model, top, area),
        None => dispatch::page(model, area),
    };
    // A typed consent is to all that the screen says.
    if text_use(model) == Some(TextUse::Consent) {
        sheet
            .body
            .iter_mut()
            .filter(|row| row.width() > 0 && row.kind != RowKind::Heading)
            .for_each(|row| row.confirmed = true);
    }
    sheet.fitted(area, model.script)
}

/// Width of the sidebar in columns. 0 if the window is narrow or the screen is not about steps.
pub fn sidebar_columns(model: &Model) -> u16 {
    let about_steps = model.help.is_none() && dispatch::behaviour(&model.screen).is_about_steps();
    if about_steps && sidebar_fits(model) { SIDEBAR } else { 0 }
}

/// The area between header and footer, beside the sidebar.
pub fn area(model: &Model) -> Area {
    area_beside(model, sidebar_columns(model))
}

/// What is at a cell of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// An item of the sidebar: a step, or the summary after the last one.
    Side(usize),
    /// An item of the current screen.
    Item(usize),
}

/// Finds the item at a cell, from the rows as they are drawn. `None` where nothing can be chosen.
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

/// Scrolls as little as possible to show the selected row and to leave no room empty.
pub fn fix_scroll(model: &mut Model) {
    let area = area(model);
    let sheet = sheet(model, area);
    let most = sheet.body.len().saturating_sub(sheet.height(area));
    if let Some(top) = model.help.as_mut() {
        *top = (*top).min(most);
        return;
    }
    if let Some(top) = dispatch::top(&mut model.screen) {
        *top = (*top).min(most);
    }
    (dispatch::handlers(&model.screen).keep_in_sight)(model, &sheet, area);
}

/// What is typed now is for. `None` if nothing is.
fn text_use(model: &Model) -> Option<TextUse> {
    model.entry().map(|_| dispatch::behaviour(&model.screen).text_use(model))
}

/// Returns whether part of what Enter confirms has not been in view yet. Enter then scrolls on instead.
pub fn holds_back(model: &Model) -> bool {
    let area = area(model);
    model.help.is_none() && sheet(model, area).holds_back(area)
}

/// How many rows Page Down scrolls.
pub fn screenful(model: &Model) -> usize {
    let area = area(model);
    sheet(model, area).drawn(area).saturating_sub(1).max(1)
}

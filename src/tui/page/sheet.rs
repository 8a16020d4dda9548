//! The lines of what is shown now: of the help where it is open, else of the screen.
use crate::tui::help;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::screen::dispatch;

/// The lines of what is shown now.
#[must_use]
pub fn sheet(model: &Model, area: Area) -> Sheet {
    let sheet = match model.help {
        Some(top) => help::page(model, top, area),
        None => dispatch::page(model, area),
    };
    sheet.fitted(area, model.script)
}

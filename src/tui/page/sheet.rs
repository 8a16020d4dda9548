//! The rows that are shown: those of the help if it is open, else those of the screen.
use crate::tui::help;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::screen::dispatch::behaviour;

/// Returns the rows that are shown, fitted to the area.
pub fn sheet(model: &Model, area: Area) -> Sheet {
    let sheet = match model.help {
        Some(top) => help::page(model, top, area),
        None => behaviour(&model.screen).page(model, area),
    };
    sheet.fitted(area, model.script)
}

//! The mouse, if it is ours: it selects what keys could select, and sends nothing.
use crate::recipe::StepId;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::mouse::Wheel;
use crate::tui::msg::{Effect, Intent};
use crate::tui::page::{self, Spot};
use crate::tui::screen::dispatch::{behaviour, handlers};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::summary::SummaryScreen;

/// Selects the step, value, line or field at a cell.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if model.leaving.is_some() {
        return Vec::new();
    }
    let Some(spot) = page::spot(model, column, row) else { return Vec::new() };
    model.status = None;
    model.copied = None;
    match spot {
        Spot::Side(at) => to_step(model, at),
        Spot::Item(at) => return (handlers(&model.screen).click)(model, at),
    }
    Vec::new()
}

/// Shows a step, or the summary, which comes after the steps.
fn to_step(model: &mut Model, at: usize) {
    let Some(campus) = &mut model.campus else { return };
    match StepId::ALL.get(at) {
        Some(step) => {
            campus.at = *step;
            model.screen = Screen::Steps(StepsScreen);
        }
        None if matches!(model.screen, Screen::Summary(_)) => {}
        None => model.screen = Screen::Summary(SummaryScreen::default()),
    }
}

/// The intents of a notch of the wheel: the arrow key, or several where a text scrolls.
pub(super) fn wheel(model: &Model, wheel: Wheel) -> Vec<Intent> {
    /// Lines per notch in the help.
    const OF_A_TEXT: usize = 3;
    let screen = behaviour(&model.screen);
    let (lines, [up, down]) = match model.help {
        Some(_) => (OF_A_TEXT, [Key::Up, Key::Down]),
        None => (screen.wheel_lines(model), screen.wheel_keys()),
    };
    let key = match wheel {
        Wheel::Up => up,
        Wheel::Down => down,
    };
    keys::intent(model, key).map(|intent| vec![intent; lines]).unwrap_or_default()
}

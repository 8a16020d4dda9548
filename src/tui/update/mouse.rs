//! The mouse, where it is ours: it chooses what the keys could, and sends nothing.
use crate::recipe::StepId;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::mouse::Wheel;
use crate::tui::msg::{Effect, Intent};
use crate::tui::page::{self, Spot};
use crate::tui::screen::dispatch::{behaviour, handlers};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::summary::SummaryScreen;

/// A press: chooses the step, the value, the line or the field that stands there.
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

/// Below the steps stands the summary.
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

/// What a notch of the wheel means: the arrow key, or a few of them where a text is scrolled.
pub(super) fn wheel(model: &Model, wheel: Wheel) -> Vec<Intent> {
    /// Of the help, which is a text to be read.
    const OF_A_TEXT: usize = 3;
    let lines = if model.help.is_some() { OF_A_TEXT } else { behaviour(&model.screen).wheel_lines(model) };
    let key = match wheel {
        Wheel::Up => Key::Up,
        Wheel::Down => Key::Down,
    };
    keys::intent(model, key).map(|intent| vec![intent; lines]).unwrap_or_default()
}

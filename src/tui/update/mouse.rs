//! The mouse, where it is ours: it chooses what the keys could, and sends nothing.
use super::{setup, turn};
use crate::recipe::StepId;
use crate::tui::keys::{self, Context, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::mouse::Wheel;
use crate::tui::msg::Effect;
use crate::tui::page::{self, Spot};

/// A press: chooses the step, the value, the line or the field that stands there.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if model.leaving.is_some() {
        return Vec::new();
    }
    let Some(spot) = page::spot(model, column, row) else { return Vec::new() };
    model.status = None;
    model.copied = None;
    match (spot, &model.screen) {
        (Spot::Side(at), _) => to_step(model, at),
        (Spot::Item(at), Screen::Steps) => to_value(model, at),
        (Spot::Item(at), Screen::Setup) => return setup::to_item(model, at),
        (Spot::Item(_), _) => {}
    }
    Vec::new()
}

/// Below the steps stands the summary.
fn to_step(model: &mut Model, at: usize) {
    let Some(campus) = &mut model.campus else { return };
    match StepId::ALL.get(at) {
        Some(step) => {
            campus.at = *step;
            model.screen = Screen::Steps;
        }
        None if matches!(model.screen, Screen::Summary(_)) => {}
        None => model.screen = Screen::Summary(0),
    }
}

fn to_value(model: &mut Model, at: usize) {
    let Some(campus) = &mut model.campus else { return };
    let Some(key) = campus.here().report.findings.get(at).map(|finding| finding.key.clone()) else { return };
    campus.places.entry(campus.at).or_default().key = Some(key);
}

/// A notch of the wheel: the arrow key, or a few of them where a text is scrolled.
pub(super) fn wheel(model: &mut Model, wheel: Wheel) -> Vec<Effect> {
    let times = match keys::context(model) {
        // Whoever leaves a field has answered it; nobody means that by a wheel.
        Context::Form => 0,
        Context::Steps | Context::Campuses => 1,
        _ => 3,
    };
    let key = match wheel {
        Wheel::Up => Key::Up,
        Wheel::Down => Key::Down,
    };
    let mut effects = Vec::new();
    for _ in 0..times {
        let Some(intent) = keys::intent(model, key) else { break };
        effects.extend(turn::key(model, intent));
    }
    effects
}

//! Handles the last screen: leads to the hand-off, to going live, and back to the steps.
use super::state::FinishScreen;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::checks::check_all;
use crate::tui::parts::open::go_to_open;
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::{go_live, hand_off};

/// Opens the last screen.
pub(in crate::tui) fn open(model: &mut Model) {
    model.screen = Screen::Finish(FinishScreen::default());
}

/// Opens it by itself, once, when nothing is left to do. Never over another screen than the steps.
pub(in crate::tui) fn show_once(model: &mut Model) {
    let Some(campus) = &mut model.campus else { return };
    let now = campus.completion();
    if now == campus.finish_shown || (now.is_some() && !matches!(model.screen, Screen::Steps(_))) {
        return;
    }
    campus.finish_shown = now;
    if now.is_some() {
        open(model);
    }
}

impl Behaviour for FinishScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Finish(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter | Intent::HandOff => return hand_off::open(model),
            Intent::GoLive => return go_live::open(model),
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::CheckAll => return check_all(model),
            Intent::NextOpen => go_to_open(model, true),
            Intent::PreviousOpen => go_to_open(model, false),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some("show the hand-off".to_owned())
    }

    fn label(&self, _model: &Model, binding: &crate::tui::keys::binding::Binding) -> &'static str {
        match binding.intent {
            // Enter names it already.
            Intent::HandOff => "",
            Intent::Back => "steps",
            _ => binding.label,
        }
    }
}

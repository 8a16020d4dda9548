//! Handles the summary: leads to the first open step or the last screen, to going live, and to the hand-off.
use super::state::SummaryScreen;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::checks::check_all;
use crate::tui::parts::marks::STATES;
use crate::tui::parts::open::go_to_open;
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::{Behaviour, Meaning};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::{finish, go_live, hand_off};

impl Behaviour for SummaryScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Summary(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter => return enter(model),
            Intent::Back | Intent::Previous => model.screen = Screen::Steps(StepsScreen),
            Intent::CheckAll => return check_all(model),
            Intent::NextOpen => go_to_open(model, true),
            Intent::PreviousOpen => go_to_open(model, false),
            Intent::GoLive => return go_live::open(model),
            Intent::HandOff => return hand_off::open(model),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        let campus = model.campus.as_ref()?;
        Some(match campus.first_open() {
            Some(open) => format!("go to {}", model.recipe().step(open).title),
            None if campus.completion().is_some() => "finish".to_owned(),
            None => "to the steps".to_owned(),
        })
    }

    fn works(&self, model: &Model, intent: Intent) -> bool {
        !matches!(intent, Intent::GoLive | Intent::HandOff) || model.campus.is_some()
    }

    fn is_about_steps(&self) -> bool {
        true
    }

    fn marks(&self) -> &'static [Meaning] {
        STATES
    }
}

fn enter(model: &mut Model) -> Vec<Effect> {
    let left = model.campus.as_ref().map(|campus| (campus.first_open(), campus.completion()));
    // Nothing is left to do on the steps. The last screen says what others do, and leads to going live.
    if let Some((None, Some(_))) = left {
        finish::open(model);
        return Vec::new();
    }
    if let Some(campus) = &mut model.campus {
        let open = campus.first_open();
        campus.at = open.unwrap_or(campus.at);
        // Forget the value chosen earlier, so that the choice goes to one that is open.
        if let Some(place) = open.and_then(|step| campus.places.get_mut(&step)) {
            place.key = None;
        }
    }
    model.screen = Screen::Steps(StepsScreen);
    Vec::new()
}

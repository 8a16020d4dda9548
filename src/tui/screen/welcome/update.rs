//! Handles the first screen: Enter begins.
use super::state::WelcomeScreen;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::set_up::SetUpScreen;
use crate::tui::screen::steps::StepsScreen;

impl Behaviour for WelcomeScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let begins = if model.campus.is_some() { Screen::Steps(StepsScreen) } else { Screen::SetUp(SetUpScreen) };
        match (&mut model.screen, intent) {
            (screen, Intent::Enter) => *screen = begins,
            (Screen::Welcome(screen), intent) => scroll(&mut screen.top, intent, screenful),
            _ => {}
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        Some(if model.campus.is_some() { "begin" } else { "set up a campus" }.to_owned())
    }
}

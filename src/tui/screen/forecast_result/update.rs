//! Handles the result of a forecast.
use super::state::ForecastResultScreen;
use crate::engine::forecast::{Identifiers, forecast_lines};
use crate::failure::Failure;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::forecast;
use crate::tui::screen::steps::StepsScreen;

impl Behaviour for ForecastResultScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::ForecastResult(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            // Results so far are kept, so the same forecast continues from there. The user may correct the path first.
            Intent::Enter if screen.ended.is_err() => {
                let file = screen.file.clone();
                forecast::open(model, &file);
            }
            Intent::Enter | Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Next => {
                screen.show = match screen.show {
                    Identifiers::Hashed => Identifiers::Shown,
                    Identifiers::Shown => Identifiers::Hashed,
                };
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        self.ended.as_ref().err().map(|failure| failure.what.as_str()).into_iter().collect()
    }

    fn folded<'a>(&'a self, _model: &'a Model) -> Option<&'a str> {
        self.ended.as_ref().err().and_then(Failure::folded)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some(if self.ended.is_err() { "continue from there" } else { "continue" }.to_owned())
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        // Where nobody is named, hashes and EMPLIDs look the same.
        let lines = |show| self.ended.as_ref().map(|result| forecast_lines(&result.forecast, show));
        let names_somebody = || self.ended.is_ok() && lines(Identifiers::Hashed).ok() != lines(Identifiers::Shown).ok();
        intent != Intent::Next || names_somebody()
    }
}

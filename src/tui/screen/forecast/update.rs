//! Handles the screen before a forecast.
use super::state::ForecastScreen;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, TextUse};
use crate::tui::screen::forecasting;
use crate::tui::screen::steps::StepsScreen;

/// Opens the screen with `file` in the field.
pub(in crate::tui) fn open(model: &mut Model, file: &str) {
    model.screen = Screen::Forecast(ForecastScreen { file: Entry::open(file), top: 0 });
}

impl Behaviour for ForecastScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Forecast(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Enter => {
                let file = screen.file.text().trim().to_owned();
                return forecasting::open(model, file);
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::Forecast(screen) = &mut model.screen else { return };
        change(&mut screen.file);
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        let sample = self.file.text().trim().is_empty();
        Some(if sample { "run the forecast on the sample" } else { "run the forecast on the list" }.to_owned())
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        Some(&self.file)
    }

    fn text_use(&self, _model: &Model) -> TextUse {
        TextUse::Anything
    }

    /// A path may look like an API key.
    fn hides_keys(&self) -> bool {
        false
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::AsTold
    }
}

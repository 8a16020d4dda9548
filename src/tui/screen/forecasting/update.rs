//! Handles a running forecast. It can be stopped, and the results so far are kept.
use super::state::{ForecastCount, ForecastingScreen};
use crate::engine::forecast::Identifiers;
use crate::failure::Failure;
use crate::tui::model::{Model, Screen, spun};
use crate::tui::msg::{Effect, ForecastResult, Intent, Work};
use crate::tui::parts::checks::ticket;
use crate::tui::screen::behaviour::Behaviour;
use crate::tui::screen::forecast_result::ForecastResultScreen;
use crate::tui::ticket::Ticket;
use crate::tui::watch::WorkState;

/// Starts a forecast of the list at `file`, or of the sample if `file` is empty.
pub(in crate::tui) fn open(model: &mut Model, file: String) -> Vec<Effect> {
    let ticket = ticket(model);
    let since = model.now;
    let under_way = ForecastingScreen { ticket, since, file: file.clone(), count: None, watched: WorkState::On };
    model.screen = Screen::Forecasting(under_way);
    vec![Effect::Work(Work::Forecast { ticket, file })]
}

impl Behaviour for ForecastingScreen {
    fn key(model: &mut Model, intent: Intent, _screenful: usize) -> Vec<Effect> {
        match &mut model.screen {
            Screen::Forecasting(screen) if intent == Intent::Back && screen.watched == WorkState::On => {
                screen.watched = WorkState::Stopping;
                vec![Effect::StopWork]
            }
            _ => Vec::new(),
        }
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        intent != Intent::Back || self.watched == WorkState::On
    }

    fn is_busy(&self) -> bool {
        true
    }

    fn can_be_stopped(&self) -> bool {
        true
    }
}

/// Records a progress report, unless the spinner has not turned since the last one: the screen changes no more often than that.
pub(in crate::tui) fn progressed(model: &mut Model, of: Ticket, done: usize, all: usize) {
    let (now, Screen::Forecasting(screen)) = (model.now, &model.screen) else { return };
    let turned = |before: ForecastCount| spun(screen.since, before.at) != spun(screen.since, now);
    if screen.ticket != of || !screen.count.is_none_or(turned) {
        return;
    }
    if let Screen::Forecasting(screen) = &mut model.screen {
        let (known, since) = screen.count.map_or((done, now), |before| (before.known, before.since));
        screen.count = Some(ForecastCount { done, all, known, since, at: now });
    }
}

/// Shows the result of a forecast that ended or was stopped.
pub(in crate::tui) fn ended(model: &mut Model, of: Ticket, ended: Result<Box<ForecastResult>, Failure>) {
    if let Screen::Forecasting(screen) = &model.screen
        && screen.ticket == of
    {
        let (file, show, at) = (screen.file.clone(), Identifiers::Hashed, model.now);
        model.screen = Screen::ForecastResult(ForecastResultScreen { file, ended, show, at, top: 0 });
    }
}

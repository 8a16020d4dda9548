//! Progress lines for long work: every event of a proof, and now and then the count of a forecast.
use super::listing;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Ticket;
use crate::tui::screen::dispatch::behaviour;
use crate::tui::screen::forecasting::how_far;
use jiff::{SignedDuration, Timestamp};

/// The shortest time between two progress lines of a forecast.
const BETWEEN: SignedDuration = SignedDuration::from_secs(5);

/// Announces a wait, and how to stop the work. Input from a pipe is not read during a wait, so it cannot stop anything.
pub(super) fn begun(model: &Model, terminal: bool) -> String {
    let stop = keys::footer(model).into_iter().find(|of| of.key == Key::Esc);
    let stop = stop.filter(|_| terminal && behaviour(&model.screen).can_be_stopped());
    let how = stop.map_or(String::new(), |of| format!(" < and Enter: {}.", of.words));
    listing::begun(model) + &how
}

/// Says that the wait goes on, and for how long at most.
pub(super) fn still(model: &Model) -> String {
    match &model.screen {
        Screen::Proving(screen) => format!("{} ...", screen.wait(model).words()),
        Screen::Forecasting(screen) => screen.count.map_or_else(|| listing::begun(model), |far| how_far(&far)),
        _ => format!("Still {}", first_small(&listing::begun(model))),
    }
}

fn first_small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// Remembers how much was printed about the current work.
#[derive(Debug, Default)]
pub(super) struct NewsOfWork {
    of: Option<Ticket>,
    events: usize,
    last: Option<Timestamp>,
}

impl NewsOfWork {
    /// Returns the lines that are new since the last call.
    pub(super) fn news(&mut self, model: &Model) -> Vec<String> {
        match &model.screen {
            Screen::Proving(screen) => {
                self.begin(screen.ticket, screen.since);
                let new = screen.told.iter().skip(self.events).map(|(_, progress)| progress.whole());
                let new = new.collect();
                self.events = screen.told.len();
                new
            }
            Screen::Forecasting(screen) => {
                self.begin(screen.ticket, screen.since);
                let due = self.last.is_none_or(|last| model.now.duration_since(last) >= BETWEEN);
                let so_far = screen.count.filter(|_| due);
                let new = so_far.map(|so_far| format!("{}.", how_far(&so_far)));
                self.last = if new.is_some() { Some(model.now) } else { self.last };
                new.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn begin(&mut self, ticket: Ticket, since: Timestamp) {
        if self.of != Some(ticket) {
            *self = Self { of: Some(ticket), events: 0, last: Some(since) };
        }
    }
}

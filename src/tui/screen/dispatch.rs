//! Maps the current screen to its behaviour. No other file matches on all screens.
use super::behaviour::{Behaviour, Handlers};
use super::list::screens;
use crate::tui::entry::Entry;
use crate::tui::keys::binding::KeyTable;
use crate::tui::model::{Model, Screen};
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use jiff::{SignedDuration, Timestamp};

macro_rules! dispatch {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident) = $title:literal,)*) => {
        /// The screen's state as a [`Behaviour`], to be asked.
        pub fn behaviour(screen: &Screen) -> &dyn Behaviour {
            match screen {
                $(Screen::$name(state) => state,)*
            }
        }

        /// The screen's state as a mutable [`Behaviour`], to be scrolled.
        fn behaviour_mut(screen: &mut Screen) -> &mut dyn Behaviour {
            match screen {
                $(Screen::$name(state) => state,)*
            }
        }

        /// The screen's functions that change the model.
        pub fn handlers(screen: &Screen) -> Handlers {
            match screen {
                $(Screen::$name(_) => Handlers::of::<super::$folder::$state>(),)*
            }
        }

        /// The lines of the current screen.
        pub fn page(model: &Model, area: Area) -> Sheet {
            match &model.screen {
                $(Screen::$name(state) => super::$folder::page::page(model, state, area),)*
            }
        }

        /// The screen's name in line mode.
        pub fn name(screen: &Screen) -> &'static str {
            match screen {
                $(Screen::$name(_) => $title,)*
            }
        }

        /// The keys of the current screen, or of its current page.
        pub fn key_table(model: &Model) -> &'static KeyTable {
            let tables = match &model.screen {
                $(Screen::$name(_) => super::$folder::keys::KEYS,)*
            };
            &tables[behaviour(&model.screen).table(model)]
        }

        /// The key tables of all screens.
        pub fn key_tables() -> impl Iterator<Item = &'static KeyTable> {
            [$(super::$folder::keys::KEYS),*].into_iter().flatten()
        }
    };
}

screens!(dispatch);

/// The index of the first visible line, if the screen scrolls.
pub fn top(screen: &mut Screen) -> Option<&mut usize> {
    behaviour_mut(screen).top()
}

impl Model {
    /// The text field that takes what is typed now, if any. The help has none.
    pub fn entry(&self) -> Option<&Entry> {
        if self.help.is_some() { None } else { self.entry_under_help() }
    }

    /// The text field of the screen itself, even while the help covers it.
    pub fn entry_under_help(&self) -> Option<&Entry> {
        behaviour(&self.screen).entry(self)
    }

    /// Whether work is running, so that the spinner and elapsed time must be redrawn.
    pub fn busy(&self) -> bool {
        let reading = self.campus.as_ref().is_some_and(|campus| !campus.readings.is_empty());
        let exploring = self.setup.as_ref().is_some_and(|setup| setup.busy());
        let shows_board = matches!(self.screen, Screen::Board(_));
        let boarding = shows_board && self.board.as_ref().is_some_and(|board| board.is_busy());
        reading || exploring || boarding || behaviour(&self.screen).is_busy() || self.writing()
    }

    /// How long it takes from `now` until the age of a reading has another text. `None` on a screen without ages.
    pub fn age_changes_in(&self, now: Timestamp) -> Option<SignedDuration> {
        let board = self.board.as_ref().filter(|_| matches!(self.screen, Screen::Board(_)))?;
        board.age_changes_in(now)
    }

    /// Whether a write is running that must be finished and journaled before the program may exit.
    pub fn writing(&self) -> bool {
        let saving = self.setup.as_ref().is_some_and(|setup| setup.saving.since().is_some());
        saving || behaviour(&self.screen).is_writing()
    }
}

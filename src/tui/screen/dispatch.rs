//! Maps the current screen to its behaviour. No other file matches on all screens.
use super::behaviour::{Behaviour, Handlers};
use super::list::screens;
use crate::tui::entry::Entry;
use crate::tui::keys::binding::KeyTable;
use crate::tui::model::{Model, Screen};

macro_rules! dispatch {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident),)*) => {
        /// The screen's state as a [`Behaviour`], to be asked.
        #[must_use]
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
        #[must_use]
        pub fn handlers(screen: &Screen) -> Handlers {
            match screen {
                $(Screen::$name(_) => Handlers::of::<super::$folder::$state>(),)*
            }
        }

        /// The key tables of all screens.
        pub fn key_tables() -> impl Iterator<Item = &'static KeyTable> {
            [$(super::$folder::$state::key_tables()),*].into_iter().flatten()
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
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        if self.help.is_some() { None } else { self.entry_under_help() }
    }

    /// The text field of the screen itself, even while the help covers it.
    #[must_use]
    pub fn entry_under_help(&self) -> Option<&Entry> {
        behaviour(&self.screen).entry(self)
    }

    /// Whether work is running, so that the spinner and elapsed time must be redrawn.
    #[must_use]
    pub fn busy(&self) -> bool {
        let reading = self.campus.as_ref().is_some_and(|campus| !campus.readings.is_empty());
        let exploring = self.setup.as_ref().is_some_and(|setup| setup.busy());
        reading || exploring || behaviour(&self.screen).is_busy() || self.writing()
    }

    /// Whether a write is running that must be finished and journaled before the program may exit.
    #[must_use]
    pub fn writing(&self) -> bool {
        let saving = self.setup.as_ref().is_some_and(|setup| setup.saving.since().is_some());
        saving || behaviour(&self.screen).is_writing()
    }
}

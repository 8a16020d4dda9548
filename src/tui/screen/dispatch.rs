//! From the screen shown to what it does: the one place where all screens are told apart.
use super::behaviour::{Behaviour, Handlers};
use super::list::screens;
use crate::tui::entry::Entry;
use crate::tui::keys::binding::KeyTable;
use crate::tui::model::{Model, Screen};

macro_rules! dispatch {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident),)*) => {
        /// What a screen says of itself.
        #[must_use]
        pub fn behaviour(screen: &Screen) -> &dyn Behaviour {
            match screen {
                $(Screen::$name(state) => state,)*
            }
        }

        /// The same, to be scrolled.
        fn behaviour_mut(screen: &mut Screen) -> &mut dyn Behaviour {
            match screen {
                $(Screen::$name(state) => state,)*
            }
        }

        /// What a screen does to the model.
        #[must_use]
        pub fn handlers(screen: &Screen) -> Handlers {
            match screen {
                $(Screen::$name(_) => Handlers::of::<super::$folder::$state>(),)*
            }
        }

        /// The tables of keys of all screens.
        pub fn key_tables() -> impl Iterator<Item = &'static KeyTable> {
            [$(super::$folder::$state::key_tables()),*].into_iter().flatten()
        }
    };
}

screens!(dispatch);

/// The screen's first line in sight, where it is scrolled.
pub fn top(screen: &mut Screen) -> Option<&mut usize> {
    behaviour_mut(screen).top()
}

impl Model {
    /// Where text is typed now.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        if self.help.is_some() { None } else { self.entry_under_help() }
    }

    /// Where text is typed on the screen itself, whether or not the help is over it.
    #[must_use]
    pub fn entry_under_help(&self) -> Option<&Entry> {
        behaviour(&self.screen).entry(self)
    }

    /// Whether something runs, so that time must be shown passing.
    #[must_use]
    pub fn busy(&self) -> bool {
        let reading = self.campus.as_ref().is_some_and(|campus| !campus.readings.is_empty());
        let exploring = self.setup.as_ref().is_some_and(|setup| setup.busy());
        reading || exploring || behaviour(&self.screen).is_busy() || self.writing()
    }

    /// Whether something is being written that must be finished and journaled before leaving.
    #[must_use]
    pub fn writing(&self) -> bool {
        let saving = self.setup.as_ref().is_some_and(|setup| setup.saving.since().is_some());
        saving || behaviour(&self.screen).is_writing()
    }
}

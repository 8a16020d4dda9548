//! What is shown: one screen at a time.
use crate::tui::screen::list::screens;

macro_rules! screen_enum {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident) = $title:literal,)*) => {
        /// What is shown: one at a time, each with its own state.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Screen {
            $($(#[$about])* $name(crate::tui::screen::$folder::$state),)*
        }
    };
}

screens!(screen_enum);

impl Screen {
    /// Whether what a screen shows is pasted here.
    #[must_use]
    pub fn is_paste_back(&self) -> bool {
        matches!(self, Self::PasteBack(_))
    }
}

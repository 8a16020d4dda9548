//! The screen that is shown now.
use crate::tui::screen::list::screens;

macro_rules! screen_enum {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident),)*) => {
        /// The current screen, with its own state.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Screen {
            $($(#[$about])* $name(crate::tui::screen::$folder::$state),)*
        }
    };
}

screens!(screen_enum);

impl Screen {
    /// Returns whether this is the paste-back screen.
    pub fn is_paste_back(&self) -> bool {
        matches!(self, Self::PasteBack(_))
    }
}

//! The keys of the help.
use crate::tui::keys::binding::{BACK, Binding, INTERRUPT, KeyTable, OPEN_HELP, QUIT, READ, SUSPEND};

/// The keys of the help. Enter says the way back, so Esc and ? are not named beside it.
pub(crate) static HELP_KEYS: KeyTable = KeyTable {
    of: "help",
    groups: &[READ, &[Binding { label: "", ..BACK }, Binding { label: "", ..OPEN_HELP }], &[QUIT, INTERRUPT, SUSPEND]],
};

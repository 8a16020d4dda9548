//! Keys while the help is open: they scroll or close it.
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;

/// Handles a key. `screenful` is the number of lines of a page.
pub(in crate::tui) fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    match (intent, model.help.as_mut()) {
        (Intent::Help | Intent::Back | Intent::Enter, _) => model.help = None,
        (_, Some(top)) => scroll(top, intent, screenful),
        (_, None) => {}
    }
    Vec::new()
}

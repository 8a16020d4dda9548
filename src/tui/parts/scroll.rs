//! Scrolling a text.
use crate::tui::msg::Intent;

/// Moves the first line in sight; how far it may go is settled afterwards.
pub(in crate::tui) fn scroll(top: &mut usize, intent: Intent, screenful: usize) {
    match intent {
        Intent::Up => *top = top.saturating_sub(1),
        Intent::Down => *top = top.saturating_add(1),
        Intent::PageUp => *top = top.saturating_sub(screenful),
        Intent::PageDown => *top = top.saturating_add(screenful),
        Intent::First => *top = 0,
        // As far as it goes.
        Intent::Last => *top = usize::MAX,
        _ => {}
    }
}

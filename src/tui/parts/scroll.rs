//! Scrolling through a text.
use crate::tui::msg::Intent;

/// Moves the first visible line. The caller limits it afterwards.
pub(in crate::tui) fn scroll(top: &mut usize, intent: Intent, screenful: usize) {
    match intent {
        Intent::Up => *top = top.saturating_sub(1),
        Intent::Down => *top = top.saturating_add(1),
        Intent::PageUp => *top = top.saturating_sub(screenful),
        Intent::PageDown => *top = top.saturating_add(screenful),
        Intent::First => *top = 0,
        Intent::Last => *top = usize::MAX,
        _ => {}
    }
}

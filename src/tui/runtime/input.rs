//! Something the person did, and two questions about what the terminal library calls a key.
use crate::tui::keys::Key;
use crate::tui::mouse::Wheel;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use zeroize::Zeroizing;

/// Something the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UserInput {
    /// A key.
    Key(Key),
    /// A paste; it may be a key of Alma's.
    Paste(Zeroizing<String>),
    /// A press of the mouse: column, row.
    Click(u16, u16),
    /// A notch of its wheel.
    Wheel(Wheel),
    /// There is no terminal any more.
    Gone,
}

/// Whether it is the Esc key, or a sequence's first byte alone.
pub(super) fn is_esc(event: &Event) -> bool {
    matches!(event, Event::Key(KeyEvent { code: KeyCode::Esc, .. }))
}

/// The character that an event types.
pub(super) fn plain_char(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, kind: KeyEventKind::Press, .. })
            if !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            Some(*c)
        }
        _ => None,
    }
}

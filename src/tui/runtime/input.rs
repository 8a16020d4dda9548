//! What the person did, and two helpers for crossterm's key events.
use crate::tui::keys::Key;
use crate::tui::mouse::Wheel;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use zeroize::Zeroizing;

/// Something the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UserInput {
    Key(Key),
    /// A pasted text, which may be an API key.
    Paste(Zeroizing<String>),
    /// The beginning of a paste whose end did not come in time.
    Piece(Zeroizing<String>),
    /// A press of the left mouse button: column, row.
    Click(u16, u16),
    /// One notch of the mouse wheel.
    Wheel(Wheel),
    /// The terminal is gone.
    Gone,
}

/// Returns whether an event is the Esc key, or the first byte of a split sequence.
pub(super) fn is_esc(event: &Event) -> bool {
    matches!(event, Event::Key(KeyEvent { code: KeyCode::Esc, .. }))
}

/// The character that an event types, if any.
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

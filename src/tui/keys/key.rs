//! A key and its name.
use std::borrow::Cow;
use std::fmt;

/// A key, independent of the terminal library.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    /// With Ctrl held down.
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    /// Tab with Shift held down.
    BackTab,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Backspace,
    Delete,
    F(u8),
}

impl fmt::Debug for Key {
    /// Hides typed characters, which may belong to an API key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(_) => f.write_str("a character"),
            other => f.write_str(&other.name()),
        }
    }
}

impl Key {
    /// The name that the footer uses.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Char(' ') => "Space",
            Self::Char(c) => return Cow::Owned(c.to_string()),
            Self::Ctrl(c) => return Cow::Owned(format!("Ctrl-{}", c.to_ascii_uppercase())),
            Self::F(n) => return Cow::Owned(format!("F{n}")),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
            Self::Home => "Home",
            Self::End => "End",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
        })
    }
}

//! A line of typed text. A secret one shows stars, wipes its memory and reveals only [`ApiKey::described`], unless the person asks to see
//! the key.
use super::text;
use crate::secret::ApiKey;
use std::fmt;
use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthChar as _;
use zeroize::{Zeroize as _, Zeroizing};

/// The longest text that can be typed or pasted, in characters.
const MOST: usize = 2000;

/// The most stars shown for a secret. Its length is given in words beside them.
const STARS: usize = 8;

/// Status after a key was put into a field that everybody can read.
pub(super) const HIDDEN: &str = "That looks like an API key: hidden, not saved. Ctrl-U clears the field.";

/// A change to a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    Home,
    End,
    /// Deletes the character before the cursor.
    Backspace,
    /// Deletes the character under the cursor.
    Delete,
    /// Deletes the word before the cursor.
    Word,
    /// Deletes the whole text.
    Clear,
}

/// Whether a typed key is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// Stars hide the key.
    On,
    /// The key is shown as typed, because the person asked to see it.
    Off,
}

/// A text field for ordinary text or for a key.
#[derive(Clone)]
pub enum Entry {
    Open(Input),
    /// A key. Its cursor cannot be moved: a key is pasted, or typed at its end.
    Secret(Zeroizing<String>, Mask),
}

impl Entry {
    /// Creates an open field with a text, the cursor at its end.
    pub fn open(text: &str) -> Self {
        Self::Open(Input::new(text.to_owned()))
    }

    /// Creates an empty secret field.
    pub fn secret() -> Self {
        // Reserve room for any key: growing would leave a copy in freed memory.
        Self::Secret(Zeroizing::new(String::with_capacity(4 * MOST)), Mask::On)
    }

    /// The text of an open field. Empty for a secret one.
    pub fn text(&self) -> &str {
        match self {
            Self::Open(input) => input.value(),
            Self::Secret(..) => "",
        }
    }

    /// Returns whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Open(input) => input.value().is_empty(),
            Self::Secret(text, _) => text.is_empty(),
        }
    }

    /// The key in a secret field. The error says why it is no key, in words that do not repeat it.
    pub fn key(&self) -> Result<ApiKey, crate::secret::NotAKey> {
        match self {
            Self::Secret(text, _) => ApiKey::parse(text.to_string()),
            Self::Open(_) => Err(crate::secret::NotAKey::Empty),
        }
    }

    /// Types one character. Control characters are ignored.
    pub fn insert(&mut self, c: char) {
        self.insert_all(c.encode_utf8(&mut [0; 4]));
    }

    /// Types these characters, as far as there is room. Control characters are ignored.
    pub fn insert_all(&mut self, text: &str) {
        let typed = |there: &str| {
            let room = MOST.saturating_sub(there.chars().count());
            text.chars().filter(|c| !c.is_control()).take(room)
        };
        match self {
            Self::Open(input) => {
                let (value, cursor) = (input.value(), input.cursor());
                let at = value.char_indices().nth(cursor).map_or(value.len(), |(at, _)| at);
                let (before, after) = value.split_at(at);
                let cursor = cursor + typed(value).count();
                let whole = before.chars().chain(typed(value)).chain(after.chars()).collect();
                *input = Input::new(whole).with_cursor(cursor);
            }
            Self::Secret(secret, _) => {
                // Within the room that was reserved, so that nothing is copied.
                let more = typed(secret);
                secret.extend(more);
            }
        }
    }

    /// Takes a paste: line breaks at its ends are dropped, those inside become blanks, other control characters vanish. It never submits.
    pub fn paste(&mut self, text: &str) {
        let text = text.trim_matches(['\n', '\r']);
        let text = Zeroizing::new(text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " "));
        match self {
            Self::Open(_) => self.insert_all(&text),
            // Replace the old key: nobody could see that the new one was appended to it.
            Self::Secret(..) if text.trim().is_empty() => {}
            Self::Secret(..) => {
                self.edit(Edit::Clear);
                self.insert_all(text.trim());
            }
        }
    }

    /// Returns whether the cursor stands behind the last character.
    pub fn at_end(&self) -> bool {
        match self {
            Self::Open(input) => input.cursor() == input.value().chars().count(),
            Self::Secret(..) => true,
        }
    }

    /// Replaces a key in an open field by stars, and returns whether there was one. From here on it is neither shown nor kept.
    pub fn hide_keys(&mut self) -> bool {
        let Self::Open(input) = self else { return false };
        let Some(stars) = crate::text::starred(input.value()) else { return false };
        *input = Input::new(stars).with_cursor(input.cursor());
        true
    }

    /// Returns whether an open field held a key, of which stars are left.
    pub fn held_a_key(&self) -> bool {
        crate::text::holds_stars(self.text())
    }

    /// The text of an open field. Empty if it held a key.
    pub fn worth_keeping(&self) -> &str {
        if self.held_a_key() { "" } else { self.text() }
    }

    /// Whether a key is shown. `None` if no key is typed.
    pub fn mask(&self) -> Option<Mask> {
        match self {
            Self::Secret(text, mask) if !text.is_empty() => Some(*mask),
            Self::Secret(..) | Self::Open(_) => None,
        }
    }

    /// Shows or hides the key.
    pub fn set_mask(&mut self, to: Mask) {
        if let Self::Secret(_, mask) = self {
            *mask = to;
        }
    }

    /// Changes the text or moves the cursor.
    pub fn edit(&mut self, edit: Edit) {
        match self {
            Self::Open(input) => {
                let request = match edit {
                    Edit::Left => InputRequest::GoToPrevChar,
                    Edit::Right => InputRequest::GoToNextChar,
                    Edit::Home => InputRequest::GoToStart,
                    Edit::End => InputRequest::GoToEnd,
                    Edit::Backspace => InputRequest::DeletePrevChar,
                    Edit::Delete => InputRequest::DeleteNextChar,
                    Edit::Word => InputRequest::DeletePrevWord,
                    Edit::Clear => InputRequest::DeleteLine,
                };
                let _ = input.handle(request);
            }
            Self::Secret(text, _) => match edit {
                Edit::Backspace => drop(text.pop()),
                Edit::Word | Edit::Clear => text.zeroize(),
                Edit::Left | Edit::Right | Edit::Home | Edit::End | Edit::Delete => {}
            },
        }
    }

    /// What is shown in `columns`, and the cursor's column in it; `dots` mark a cut.
    pub fn visible(&self, columns: usize, dots: &str) -> (String, usize) {
        let room = columns.saturating_sub(1).max(1);
        match self {
            Self::Open(input) => around_cursor(input.value(), input.cursor(), columns.max(1), dots),
            Self::Secret(text, Mask::Off) => {
                // Show the end, where new characters are typed.
                let tail = text::cut_left(text, room, dots);
                let cursor = text::width(&tail);
                (tail, cursor)
            }
            Self::Secret(text, Mask::On) => {
                let stars = "*".repeat(text.chars().count().min(STARS));
                let words = self.key().map(|key| format!("  {}", key.described())).unwrap_or_default();
                let cursor = stars.len().min(room);
                (text::cut(&(stars + &words), columns, dots), cursor)
            }
        }
    }
}

/// The part of a text around the cursor, and the cursor's column. `cursor` counts characters. The dots never cover the character under
/// it.
fn around_cursor(value: &str, cursor: usize, columns: usize, dots: &str) -> (String, usize) {
    let at = value.char_indices().nth(cursor).map_or(value.len(), |(at, _)| at);
    let (before, after) = value.split_at(at);
    let under = after.chars().next().map_or(1, |c| c.width().unwrap_or(0).max(1));
    // Show no dots if there is no room for them on both sides.
    let dots = if columns > 2 * text::width(dots) + under { dots } else { "" };
    let mark = text::width(dots);
    let right = if after.is_empty() { 0 } else { mark };
    let fits = text::width(value) <= columns && text::width(before) + under <= columns;
    if fits || text::width(before) + under + right <= columns {
        return (text::cut(value, columns, dots), text::width(before));
    }
    let head = text::cut_left(before, columns.saturating_sub(under + right), dots);
    let cursor = text::width(&head);
    (text::cut(&(head + after), columns, dots), cursor)
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(input) => write!(f, "Entry({:?} at {})", input.value(), input.cursor()),
            Self::Secret(text, _) => write!(f, "Entry(secret, {} characters)", text.chars().count()),
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(a), Self::Open(b)) => a.value() == b.value() && a.cursor() == b.cursor(),
            (Self::Secret(a, mask), Self::Secret(b, other)) => a == b && mask == other,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_is_one_line_of_text_put_where_the_cursor_is() {
        let mut entry = Entry::open("ad");
        entry.edit(Edit::Left);
        entry.paste("b\r\nc\x1b\n");
        assert_eq!(entry.text(), "ab cd");
        assert_eq!(entry.visible(20, "…"), ("ab cd".to_owned(), 4));
    }

    #[test]
    fn a_key_in_an_open_field_is_stars() {
        let key = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
        let mut typed = Entry::open("for ");
        typed.paste(key);
        assert!(typed.hide_keys() && typed.held_a_key() && !typed.hide_keys());
        assert_eq!(typed.visible(60, "…"), (format!("for {}", "*".repeat(36)), 40));
        typed.edit(Edit::Clear);
        assert!(!typed.held_a_key());
        let mut secret = Entry::secret();
        secret.paste(key);
        assert!(!secret.hide_keys() && secret.key().is_ok());
    }

    #[test]
    fn a_secret_shows_no_more_than_its_length_and_end() {
        let mut entry = Entry::secret();
        entry.paste("  5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2\r\n");
        assert_eq!(entry.key().expect("a key").described(), "set (36 characters, ends a1b2)");
        assert!(!format!("{entry:?} {:?}", entry.visible(80, "…")).contains("5f2c"));
        assert!(entry.visible(80, "…").0.ends_with("ends a1b2)"));
        assert_eq!(entry.text(), "");
    }

    #[test]
    fn a_secret_is_shown_when_asked_for_and_never_told_otherwise() {
        let mut entry = Entry::secret();
        assert_eq!(entry.mask(), None, "there is nothing to show");
        entry.paste("5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2");
        entry.set_mask(Mask::Off);
        assert_eq!(entry.visible(80, "…"), ("5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2".to_owned(), 36));
        assert_eq!(entry.visible(9, "..").0, "..9ea1b2");
        assert!(!format!("{entry:?}").contains("5f2c"));
        entry.set_mask(Mask::On);
        assert!(!entry.visible(80, "…").0.contains("5f2c"));
    }

    #[test]
    fn a_long_text_keeps_its_cursor_in_sight_and_dots_stand_where_it_is_cut() {
        let mut entry = Entry::open("abcdefghijklmnop");
        assert_eq!(entry.visible(10, "…"), ("…ijklmnop".to_owned(), 9));
        assert_eq!(entry.visible(10, ".."), ("..jklmnop".to_owned(), 9));
        entry.edit(Edit::Left);
        assert_eq!(entry.visible(10, "…"), ("…ijklmnop".to_owned(), 8));
        (0..4).for_each(|_| entry.edit(Edit::Left));
        assert_eq!(entry.visible(10, "…"), ("…efghijkl…".to_owned(), 8));
        entry.edit(Edit::Home);
        assert_eq!(entry.visible(10, ".."), ("abcdefgh..".to_owned(), 0));
        assert_eq!(Entry::open("abcdefghi").visible(10, "…"), ("abcdefghi".to_owned(), 9), "it is not cut");
    }

    #[test]
    fn the_character_under_the_cursor_is_never_covered() {
        let text = "日本語abc日本語のテキストxyz";
        for columns in 1..40 {
            for dots in ["…", ".."] {
                for cursor in 0..=text.chars().count() {
                    let entry = Entry::Open(Input::new(text.to_owned()).with_cursor(cursor));
                    let (shown, at) = entry.visible(columns, dots);
                    assert!(text::width(&shown) <= columns && at < columns.max(2), "{columns} {cursor}: {shown}, {at}");
                    let Some(under) = text.chars().nth(cursor).filter(|_| columns > 6) else { continue };
                    let mut column = 0;
                    let there = shown.chars().find(|c| {
                        let here = column == at;
                        column += c.width().unwrap_or(0);
                        here
                    });
                    assert_eq!(there, Some(under), "{columns} {cursor}: {shown}, {at}");
                }
            }
        }
    }
}

//! API keys. [`ApiKey`] is the only type that holds one, and only `io` may read it.
//!
//! A key cannot be printed, logged, serialised or compared by accident: `ApiKey` has neither `Display` nor `Serialize`,
//! its `Debug` shows only the length and the last four characters, and its memory is wiped when dropped.
mod mask;
mod traces;

use crate::text::{KeyShape, key_shapes, squeezed};
pub use mask::KeyMask;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, OnceLock};
pub use traces::KeyTraces;
use zeroize::{Zeroize, Zeroizing};

/// An API key of Alma or ILLiad. It is wiped from memory when dropped, and shown only as [`ApiKey::described`].
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>, Arc<OnceLock<KeyTraces>>);

/// Why a text cannot be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Nothing was left after trimming.
    #[error("the key is empty")]
    Empty,
    /// It contains a space, a control character or a character outside ASCII, which no HTTP header can carry.
    #[error("the key has a blank, a line end, a control character or a non-ASCII character inside it")]
    BadCharacter,
    /// It is longer than any key of the two systems (200 characters).
    #[error("the key is longer than 200 characters")]
    TooLong,
}

impl ApiKey {
    /// Makes a key from typed or pasted text. Surrounding spaces, newlines, quotes and invisible characters are
    /// dropped. A character inside that does not fit into an HTTP header is an error.
    ///
    /// # Errors
    /// [`NotAKey`], which never repeats the text.
    pub fn parse(mut text: String) -> Result<Self, NotAKey> {
        let trimmed = Zeroizing::new(text.trim_matches(comes_along).to_owned());
        text.zeroize();
        if trimmed.is_empty() {
            return Err(NotAKey::Empty);
        }
        if trimmed.len() > 200 {
            return Err(NotAKey::TooLong);
        }
        if !trimmed.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(NotAKey::BadCharacter);
        }
        Ok(Self(trimmed, Arc::default()))
    }

    /// The key itself. May be called in `io` only (`tests/it/house` fails otherwise).
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// All that a screen, a report or a log may say about a key, for example `set (36 characters, ends a1b2)`.
    pub fn described(&self) -> String {
        let chars = self.0.chars().count();
        if chars < 12 {
            // Four characters would reveal too much of a short key.
            return format!("set ({chars} character{})", if chars == 1 { "" } else { "s" });
        }
        let tail: String = self.0.chars().skip(chars - 4).collect();
        format!("set ({chars} characters, ends {tail})")
    }

    /// Whether the text is shorter than any key of the two systems. It is then likely a word typed by somebody who did
    /// not notice that a key was asked for.
    pub fn is_short(&self) -> bool {
        self.0.len() < 8
    }

    /// A one-way digest by which a later run recognises the same key. A GUID has 122 random bits, so the key cannot be
    /// found by trial.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        hash.update(b"last-resort key\0");
        hash.update(self.0.as_bytes());
        Fingerprint(hex(&hash.finalize()))
    }

    /// Whether a text contains the key, in any spelling: in capitals, without its dashes, percent-encoded, split by
    /// blanks or line ends, backwards. Always false for a key shorter than 12 characters, which could occur by chance.
    pub fn stands_in(&self, text: &str) -> bool {
        let key = squeezed(&self.0);
        if self.0.len() < 12 || key.len() < 8 || text.len() < key.len() {
            return false;
        }
        let backwards = Zeroizing::new(key.chars().rev().collect::<String>());
        let text = squeezed(text);
        text.contains(key.as_str()) || text.contains(backwards.as_str())
    }

    /// Whether a text contains the key or so long a part of it that it stands for the key, in any spelling that [`KeyTraces`]
    /// know. Two keys may have a part in common, so this does not say which of them is meant.
    pub fn stands_partly_in(&self, text: &str) -> bool {
        self.1.get_or_init(|| KeyTraces::of([self])).stand_in(text)
    }

    /// Whether this is a web address, which somebody pasted where a key belongs. No key has these signs inside.
    pub fn is_address(&self) -> bool {
        self.0.contains("://") || self.0.starts_with("www.")
    }

    /// Why this cannot be a key of Alma: it has the shape of one of ILLiad. Nobody knows every shape, so any other may be.
    pub fn not_of_alma(&self) -> Option<&'static str> {
        (self.shape() == Some(KeyShape::Guid))
            .then_some("it has the shape of a key of ILLiad; Alma's begin with l7xx or l8xx")
    }

    /// Why this cannot be a key of ILLiad: it has the shape of one of Alma.
    pub fn not_of_illiad(&self) -> Option<&'static str> {
        (self.shape() == Some(KeyShape::Alma))
            .then_some("it has the shape of a key of Alma, which ILLiad does not know")
    }

    /// The system whose keys have the shape of this one, also where braces or the name of a parameter came along. `None` if the
    /// shape is unknown.
    fn shape(&self) -> Option<KeyShape> {
        match key_shapes(&self.0).as_slice() {
            [(_, shape)] => Some(*shape),
            _ => None,
        }
    }

    /// Whether two keys are equal.
    pub fn same_as(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

/// Whether a character may surround a key copied from a mail, a table or a shell script, but is never part of one.
fn comes_along(c: char) -> bool {
    let quote = matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    let unseen = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    c.is_whitespace() || quote || unseen
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({})", self.described())
    }
}

/// Compares by content, so that tests can compare messages that hold a key.
impl PartialEq for ApiKey {
    fn eq(&self, other: &Self) -> bool {
        self.same_as(other)
    }
}
impl Eq for ApiKey {}

/// A digest of a key, which the journal keeps instead of the key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// Formats bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_key_is_trimmed_and_never_shown() {
        let key = ApiKey::parse("  5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2\r\n".into()).expect("a key");
        assert_eq!(key.described(), "set (36 characters, ends a1b2)");
        assert_eq!(format!("{key:?}"), "ApiKey(set (36 characters, ends a1b2))");
    }

    #[test]
    fn what_comes_along_with_a_key_is_no_part_of_it() {
        for around in ["\"", "'", "`", "\u{a0}", "\u{201c}", " \u{200b}\t", "\u{feff}\r\n\n"] {
            let key = ApiKey::parse(format!("{around}5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2{around}")).expect("a key");
            assert_eq!(key.described(), "set (36 characters, ends a1b2)", "{around:?}");
        }
        assert_eq!(ApiKey::parse("\"\"".into()).unwrap_err(), NotAKey::Empty);
    }

    #[test]
    fn a_long_part_stands_for_the_key() {
        let key = ApiKey::parse("70726163-7469-4365-8000-6578706fe5f6".into()).expect("a key");
        let (end, backwards) = (&key.0[18..], key.0.chars().rev().take(20).collect::<String>());
        for part in [&key.0[..30], &key.0[..19], end, &backwards, &key.0] {
            let wide: String = part.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
            for spelled in [part.to_owned(), part.replace('-', ""), part.replace('-', "\u{200b}"), wide] {
                assert!(key.stands_partly_in(&format!("it is {spelled}, I think")), "{spelled}");
            }
        }
        for other in [&key.0[..11], "ends e5f6", "8000-657870", ""] {
            assert!(!key.stands_partly_in(other), "{other}");
        }
        assert!(!key.stands_in(&key.0[..30]));
    }

    #[test]
    fn a_key_tells_by_its_shape_where_it_does_not_belong() {
        let key = |text: &str| ApiKey::parse(text.to_owned()).expect("a key");
        let (alma, illiad) = (key("l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5"), key("5F2C1D9E-77aa-4e0b-9c51-0d7f2b9ea1b2"));
        assert!(alma.not_of_alma().is_none() && alma.not_of_illiad().is_some());
        assert!(illiad.not_of_alma().is_some() && illiad.not_of_illiad().is_none());
        let odd = key("Al\"39/0a=61&%41<a7>0123456789");
        assert!(odd.not_of_alma().is_none() && odd.not_of_illiad().is_none());
    }

    #[test]
    fn unfit_texts_are_refused() {
        assert_eq!(ApiKey::parse(" \n".into()).unwrap_err(), NotAKey::Empty);
        assert_eq!(ApiKey::parse("two words".into()).unwrap_err(), NotAKey::BadCharacter);
        assert_eq!(ApiKey::parse("é".repeat(20)).unwrap_err(), NotAKey::BadCharacter);
        assert_eq!(ApiKey::parse("x".repeat(201)).unwrap_err(), NotAKey::TooLong);
    }

    #[test]
    fn a_short_key_does_not_show_its_end() {
        assert_eq!(ApiKey::parse("abcd1234".into()).expect("a key").described(), "set (8 characters)");
        assert_eq!(ApiKey::parse("a".into()).expect("a key").described(), "set (1 character)");
    }
}

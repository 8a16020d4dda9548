//! Where a value can be looked at: in the API, or on a screen only.
use std::fmt;

/// What the API can be asked for. Closed, so that data cannot invent an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `GET /almaws/v1/partners/{code}` (facts/alma.md §2).
    Partner,
}

/// A JSON pointer (RFC 6901) into the resource; of a coded field it names the object, not its `/value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    /// Takes a pointer of plain member names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let named = text.strip_prefix('/')?.split('/').all(|part| !part.is_empty() && !part.contains('~'));
        named.then(|| Self(text.to_owned()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The member names on the way.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0[1..].split('/')
    }
}

/// Where a person finds the screen, from the outermost menu inwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuPath(pub Vec<String>);

impl fmt::Display for MenuPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" > "))
    }
}

/// How a value is read and, perhaps, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The API reads and writes it.
    Api {
        /// In which record.
        resource: Resource,
        /// Where in it.
        pointer: Pointer,
    },
    /// Only a person sees it, on the screen of the field's group.
    Screen,
}

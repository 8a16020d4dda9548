//! Where a value can be read: through the API, or only on a screen.
use std::fmt;

/// The records that can be asked for. A closed list, so that the recipe cannot invent an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `GET /almaws/v1/partners/{code}` (facts/alma.md §2).
    Partner,
}

/// A JSON pointer (RFC 6901) into the record. For a coded field it names the object, not its `/value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    /// Parses a pointer made of plain member names. `None` if it has empty or escaped names.
    pub fn parse(text: &str) -> Option<Self> {
        let named = text.strip_prefix('/')?.split('/').all(|part| !part.is_empty() && !part.contains('~'));
        named.then(|| Self(text.to_owned()))
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The member names along the pointer.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0[1..].split('/')
    }
}

/// The menus that lead to a screen, outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuPath(pub Vec<String>);

impl fmt::Display for MenuPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" > "))
    }
}

/// How a value is read and, if possible, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The API reads and writes it.
    Api { resource: Resource, pointer: Pointer },
    /// Only a person can see it, on the screen of the field's group.
    Screen,
}
